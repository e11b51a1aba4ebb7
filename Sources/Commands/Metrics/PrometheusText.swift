/// Writes metrics as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/
struct PrometheusText {
    private(set) var text = ""

    mutating func header(_ name: String, kind: String, help: String?) {
        if let help {
            text += "# HELP \(name) \(help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"))\n"
        }
        text += "# TYPE \(name) \(kind)\n"
    }

    mutating func lines(_ name: String, _ labels: [MetricsRegistry.Label], _ reading: MetricSeries.Reading) {
        switch reading {
        case .value(let value):
            text += "\(name)\(Self.labels(labels)) \(Self.number(value))\n"
        case .histogram(let bounds, let counts, let total, let sum):
            for (bound, count) in zip(bounds, counts) {
                let all = labels + [MetricsRegistry.Label(name: "le", value: Self.number(bound))]
                text += "\(name)_bucket\(Self.labels(all)) \(count)\n"
            }
            let all = labels + [MetricsRegistry.Label(name: "le", value: "+Inf")]
            text += "\(name)_bucket\(Self.labels(all)) \(total)\n"
            text += "\(name)_sum\(Self.labels(labels)) \(Self.number(sum))\n"
            text += "\(name)_count\(Self.labels(labels)) \(total)\n"
        }
    }

    static func labels(_ labels: [MetricsRegistry.Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let parts = labels.map { label in
            let value = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(label.name)=\"\(value)\""
        }
        return "{\(parts.joined(separator: ","))}"
    }

    /// A name Prometheus takes: letters, digits and underscores, not beginning with a digit.
    static func name(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            scalars.append(isPlain || scalar == "_" ? scalar : "_")
        }
        if scalars.first.map({ ("0"..."9").contains($0) }) ?? true { scalars.insert("_", at: scalars.startIndex) }
        return String(scalars)
    }

    static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }
}
