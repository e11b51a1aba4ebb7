/// One plotted point of a control chart with its own limits.
package struct ChartPoint: Sendable, Equatable {
    package let value: Double
    package let lower: Double
    package let upper: Double

    /// Outside its limits.
    package var isAlarm: Bool { value < lower || value > upper }

    package init(value: Double, lower: Double, upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}

/// Under this many observations behind the limits a chart is provisional: estimated limits shorten the in-control run
/// length (Jensen et al. 2006, *J. Quality Technology* 38:349).
package let provisionalChartObservations = 100
