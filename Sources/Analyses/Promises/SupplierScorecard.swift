package import Experience
package import Statistics

/// A supplier's monthly card under one of the ready programmes.
package struct SupplierScorecard: Sendable, Hashable {
    package struct Measure: Sendable, Hashable {
        package var id: MeasureID
        package var target: Double
        /// True when the share must lie above the target, false when it may reach it (≥, or < for cancellations).
        package var isStrict: Bool
        package var share: Figure
        package var met: [String]
        package var missed: [String]
        /// Nil when no line was due: nothing is judged.
        package var isReached: Bool?
    }

    package enum MeasureID: String, Sendable, Hashable, Codable, CaseIterable {
        case acknowledged, shipmentStatus = "shipment_status", onTime = "on_time", cancelled
    }

    package enum Programme: String, Sendable, Hashable, Codable, CaseIterable {
        /// GSA Global Supply: acknowledged within one business day ≥ 95 %, judged on the third day; shipment status ≥ 90 %;
        /// on time ≥ 80 %, judged on the seventh day.
        case globalSupply = "gsa_global_supply"
        /// GSA Advantage: shipment or backorder status > 95 %; on time > 75 % of due less cancelled; cancelled < 15 %.
        case advantage = "gsa_advantage"
    }

    package var supplier: String
    package var programme: Programme
    /// First day of the month.
    package var month: CivilDate
    package var measures: [Measure]
    package var answers: [String: SupplierAnswer]

    /// The lines of one supplier in one month, as they stand on a day. A line belongs to the month it was ordered in for
    /// acknowledgements and cancellations, to the month it was due in for status and on time; it is judged once its day
    /// has come, and stays out once a contest of it was accepted. A line cancelled on or before its due day is no longer
    /// due in Global Supply either.
    package init(
        supplier: String, programme: Programme, month: CivilDate, lines: [SupplyLine], asOf day: CivilDate,
        calendar: WorkingCalendar
    ) {
        self.supplier = supplier
        self.programme = programme
        let first = CivilDate(year: month.year, month: month.month, day: 1) ?? month
        self.month = first
        let own = lines.filter { $0.supplier == supplier && $0.answer?.contest != .accepted }
        func isIn(_ date: CivilDate) -> Bool { date.year == first.year && date.month == first.month }
        func judgedAfter(_ days: Int, _ date: CivilDate) -> Bool { date.adding(days: days) <= day }
        func isPast(_ date: CivilDate?, _ limit: CivilDate) -> Bool { date.map { $0 > limit } ?? true }
        let due = own.filter { line in isIn(line.due) && (line.cancelled.map { $0 > line.due } ?? true) }
        switch programme {
        case .globalSupply:
            let ordered = own.filter { isIn($0.ordered) && judgedAfter(3, $0.ordered) }
            let shipped = due.filter { judgedAfter(7, $0.due) }
            measures = [
                SupplierScorecard.measure(.acknowledged, 0.95, strict: false, ordered) {
                    !isPast($0.acknowledged, SupplierScorecard.nextBusinessDay(after: $0.ordered, calendar))
                },
                SupplierScorecard.measure(.shipmentStatus, 0.90, strict: false, shipped) { $0.statusReported != nil },
                SupplierScorecard.measure(.onTime, 0.80, strict: false, shipped) { !isPast($0.fulfilled, $0.due) },
            ]
        case .advantage:
            let dueAll = own.filter { isIn($0.due) && $0.due <= day }
            let ordered = own.filter { isIn($0.ordered) }
            measures = [
                SupplierScorecard.measure(.shipmentStatus, 0.95, strict: true, due.filter { $0.due <= day }) {
                    $0.statusReported != nil || $0.backordered != nil
                },
                SupplierScorecard.measure(.onTime, 0.75, strict: true, dueAll.filter { $0.cancelled == nil }) {
                    !isPast($0.fulfilled, $0.due)
                },
                SupplierScorecard.measure(.cancelled, 0.15, strict: true, ordered) { $0.cancelled != nil },
            ]
        }
        answers = Dictionary(
            lines.compactMap { line in
                line.supplier == supplier ? line.answer.map { (line.id, $0) } : nil
            },
            uniquingKeysWith: { $1.filed >= $0.filed ? $1 : $0 })
    }

    private static func nextBusinessDay(after date: CivilDate, _ calendar: WorkingCalendar) -> CivilDate {
        (1...30).lazy.map { date.adding(days: $0) }.first { calendar.isWorkingDay($0) } ?? date.adding(days: 1)
    }

    private static func measure(
        _ id: MeasureID, _ target: Double, strict: Bool, _ lines: [SupplyLine], _ isMet: (SupplyLine) -> Bool
    ) -> Measure {
        let met = lines.filter(isMet)
        let missed = lines.filter { !isMet($0) }
        // A supplier sees its own lines, so nothing is hidden from it; few lines still mark the figure.
        let proportion = Proportion(successes: met.count, n: lines.count)
        let figure = Figure(
            value: proportion?.share, interval: proportion?.interval().map { Figure.Interval($0) }, n: lines.count,
            method: Figure.Method("proportion.wilson"), flag: lines.count < 30 ? .lowReliability : .ok)
        // Exact in whole lines: shares as decimals can fall a hair beside a target they equal.
        let (count, limit) = (Double(met.count), target * Double(lines.count))
        let isEqual = abs(count - limit) < 1e-9 * max(1, limit)
        let isReached: Bool? =
            lines.isEmpty
            ? nil
            : id == .cancelled
                ? count < limit && !isEqual : (strict ? count > limit && !isEqual : count > limit || isEqual)
        return Measure(
            id: id, target: target, isStrict: strict, share: figure, met: met.map(\.id).sorted(),
            missed: missed.map(\.id).sorted(), isReached: isReached)
    }
}
