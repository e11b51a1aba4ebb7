/// Adapters of the base, surveys, survival, promises and publication.
let adaptersA: [FixtureAdapter] = [
    .prng, .quantiles, .specialFunctions,
]
