/// Adapters of queues, forecasting, drivers, charts, text, integrity, burden, what-if and paths.
let adaptersB: [FixtureAdapter] = []
