internal import Experience
internal import Statistics

extension SupplierScorecard {
    package struct Message: Sendable, Hashable {
        package var subject: String
        package var body: String
    }

    package enum Language: String, Sendable, Hashable, CaseIterable {
        case english = "en"
        case spanish = "es"
    }

    /// The plain-language e-mail that brings the card.
    ///
    /// - Parameter link: where the supplier sees the lines, files a reason and remedy, or contests one.
    package func message(_ language: Language, link: String) -> Message {
        let month = String(self.month.description.prefix(7))
        let isSpanish = language == .spanish
        var lines: [String] = []
        for measure in measures {
            let total = measure.met.count + measure.missed.count
            let name = SupplierScorecard.name(measure.id, isSpanish)
            guard let isReached = measure.isReached, let share = measure.share.value else {
                lines.append(isSpanish ? "- \(name): ninguna línea vencía." : "- \(name): no line was due.")
                continue
            }
            let percent = (share * 1000).rounded() / 10
            let target = SupplierScorecard.target(measure, isSpanish)
            let verdict = isSpanish ? (isReached ? "cumplido" : "no cumplido") : (isReached ? "reached" : "not reached")
            lines.append(
                isSpanish
                    ? "- \(name): \(percent) % (\(measure.met.count) de \(total)); meta \(target): \(verdict)."
                    : "- \(name): \(percent) % (\(measure.met.count) of \(total)); target \(target): \(verdict).")
        }
        let opening =
            isSpanish
            ? "Esta es su tarjeta de desempeño de \(month)." : "This is your scorecard for \(month)."
        let closing =
            isSpanish
            ? "Vea cada línea, explique la causa y el remedio, o impugne una línea aquí: \(link)"
            : "See every line, file a reason and a remedy, or contest a line here: \(link)"
        return Message(
            subject: isSpanish ? "Tarjeta de desempeño \(month): \(supplier)" : "Scorecard \(month): \(supplier)",
            body: ([opening, ""] + lines + ["", closing, ""]).joined(separator: "\n"))
    }

    private static func name(_ id: MeasureID, _ isSpanish: Bool) -> String {
        switch id {
        case .acknowledged: isSpanish ? "Pedidos confirmados en un día hábil" : "Acknowledged within one business day"
        case .shipmentStatus: isSpanish ? "Estado de envío informado" : "Shipment status reported"
        case .onTime: isSpanish ? "A tiempo" : "On time"
        case .cancelled: isSpanish ? "Cancelado" : "Cancelled"
        }
    }

    private static func target(_ measure: Measure, _ isSpanish: Bool) -> String {
        let percent = Int((measure.target * 100).rounded())
        if measure.id == .cancelled { return isSpanish ? "menos de \(percent) %" : "below \(percent) %" }
        if measure.isStrict { return isSpanish ? "más de \(percent) %" : "above \(percent) %" }
        return isSpanish ? "al menos \(percent) %" : "at least \(percent) %"
    }
}
