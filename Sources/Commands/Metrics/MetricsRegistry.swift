package import CoreMetrics
internal import Site
internal import Synchronization

/// Keeps every metric of the process and writes them in Prometheus' text format (version 0.0.4). Backs swift-metrics,
/// so that whatever reports through it is collected.
///
/// Times and recorded values become histograms with the bounds below; names outside ``MetricName`` are kept too, under
/// their own name with what Prometheus forbids replaced. At most ``seriesLimit`` series are kept, so that no label can
/// fill the memory; what is beyond goes uncounted, and says so in `throughline_series_dropped_total`.
package final class MetricsRegistry: MetricsFactory {
    package static let seriesLimit = 4_096
    /// Seconds, for times.
    static let secondBounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Sizes, for everything else that is recorded.
    static let sizeBounds: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096]

    struct Key: Hashable {
        var name: String
        var labels: [Label]
    }

    struct Label: Hashable {
        var name: String
        var value: String
    }

    private struct Kept {
        var series: [Key: MetricSeries] = [:]
        /// The same by name and labels as they are asked for, which is once and more a request.
        var asked: [Key: MetricSeries] = [:]
        var dropped = 0
    }

    private let kept = Mutex(Kept())

    package init() {}

    private func series(
        _ name: String, _ dimensions: [(String, String)], _ make: () -> MetricSeries
    ) -> MetricSeries {
        let asked = Key(name: name, labels: dimensions.map { Label(name: $0.0, value: $0.1) })
        if let found = kept.withLock({ $0.asked[asked] }) { return found }
        let key = Key(
            name: PrometheusText.name(name),
            labels: asked.labels.map { Label(name: PrometheusText.name($0.name), value: $0.value) }
                .sorted { $0.name < $1.name })
        return kept.withLock { kept in
            if let found = kept.series[key] {
                if kept.asked.count < Self.seriesLimit { kept.asked[asked] = found }
                return found
            }
            let made = make()
            guard kept.series.count < Self.seriesLimit else {
                kept.dropped += 1
                return made
            }
            kept.series[key] = made
            return made
        }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions) { MetricSeries(.counter) }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions) { MetricSeries(.counter) }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions) { MetricSeries(.gauge) }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        series(label, dimensions) { MetricSeries(aggregate ? .histogram(Self.sizeBounds) : .gauge) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions) { MetricSeries(.histogram(Self.secondBounds)) }
    }

    // Series outlive the handles that made them: a counter made for each request is one counter.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything as text, in the order of names.
    package func text() -> String {
        let (series, dropped) = kept.withLock { ($0.series, $0.dropped) }
        var text = PrometheusText()
        let byName = Dictionary(grouping: series, by: \.key.name)
        for name in byName.keys.sorted() {
            let known = MetricName.all.first { $0.name == name }
            guard let all = byName[name], let first = all.first else { continue }
            text.header(name, kind: known?.kind.rawValue ?? first.value.kindWord, help: known?.help)
            for one in all.sorted(by: { PrometheusText.labels($0.key.labels) < PrometheusText.labels($1.key.labels) }) {
                text.lines(name, one.key.labels, one.value.reading)
            }
        }
        if dropped > 0 {
            text.header("throughline_series_dropped_total", kind: "counter", help: "Series beyond the limit.")
            text.lines("throughline_series_dropped_total", [], .value(Double(dropped)))
        }
        return text.text
    }
}
