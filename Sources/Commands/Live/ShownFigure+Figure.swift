internal import Experience
internal import Site
internal import Statistics

extension ShownFigure {
    /// A figure of the analyses as the pages show it.
    init(_ figure: Figure, _ unit: Unit, _ method: String) {
        let strength: Strength =
            switch figure.flag {
            case .ok: .full
            case .notReached, .noSteadyState: .notReached
            case .lowReliability: .few
            case .suppressed: .suppressed
            }
        self.init(
            value: figure.value, low: figure.interval?.lower, high: figure.interval?.upper, n: figure.n ?? 0,
            unit: unit, method: method, strength: strength)
    }
}

extension TrendPoint {
    init(_ label: String, _ figure: Figure) {
        self.init(
            label: label, value: figure.value, low: figure.interval?.lower, high: figure.interval?.upper,
            n: figure.n ?? 0)
    }
}
