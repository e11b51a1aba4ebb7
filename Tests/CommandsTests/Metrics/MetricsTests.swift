import Commands
import CoreMetrics
import Site
import Testing

@Suite struct MetricsTests {
    @Test func countsAndLevelsAreWrittenAsPrometheusReadsThem() {
        let registry = MetricsRegistry()
        Counter(label: MetricName.eventsStored, factory: registry).increment(by: Int64(3))
        Counter(label: MetricName.eventsStored, factory: registry).increment(by: Int64(4))
        Meter(label: MetricName.sessions, factory: registry).set(2)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE throughline_events_stored_total counter"))
        #expect(lines.contains("throughline_events_stored_total 7"))
        #expect(lines.contains("# TYPE throughline_sessions gauge"))
        #expect(lines.contains("throughline_sessions 2"))
    }

    @Test func timesFallIntoTheirBucketsAndAreAddedUp() {
        let registry = MetricsRegistry()
        let timer = Timer(
            label: MetricName.requestSeconds, dimensions: [("route", "/"), ("status", "200")], factory: registry)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(40_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let text = registry.text()
        #expect(text.contains("throughline_http_request_seconds_bucket{route=\"/\",status=\"200\",le=\"0.001\"} 0\n"))
        #expect(text.contains("throughline_http_request_seconds_bucket{route=\"/\",status=\"200\",le=\"0.0025\"} 1\n"))
        #expect(text.contains("throughline_http_request_seconds_bucket{route=\"/\",status=\"200\",le=\"10\"} 2\n"))
        #expect(text.contains("throughline_http_request_seconds_bucket{route=\"/\",status=\"200\",le=\"+Inf\"} 3\n"))
        #expect(text.contains("throughline_http_request_seconds_count{route=\"/\",status=\"200\"} 3\n"))
        #expect(text.contains("throughline_http_request_seconds_sum{route=\"/\",status=\"200\"} 60.042\n"))
    }

    @Test func noLabelCanBreakOutOfItsQuotes() {
        let registry = MetricsRegistry()
        Counter(label: "a b-c", dimensions: [("x", "1\"} 9\nforged 1")], factory: registry).increment()
        #expect(registry.text() == "# TYPE a_b_c counter\na_b_c{x=\"1\\\"} 9\\nforged 1\"} 1\n")
    }

    @Test func labelsBeyondTheLimitAreDroppedAndCounted() {
        let registry = MetricsRegistry()
        for at in 0..<(MetricsRegistry.seriesLimit + 5) {
            Counter(label: "many", dimensions: [("n", "\(at)")], factory: registry).increment()
        }
        let text = registry.text()
        #expect(text.contains("throughline_series_dropped_total 5\n"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("many{") } == MetricsRegistry.seriesLimit)
    }

    @Test func everyNameIsListedOnceWithItsMeaning() {
        let names = MetricName.all.map(\.name)
        #expect(Set(names).count == names.count)
        for metric in MetricName.all { #expect(metric.help.hasSuffix("."), "\(metric.name)") }
    }
}
