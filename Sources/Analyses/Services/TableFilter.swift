package import Experience

/// Which journeys a page is about: what its URL says, as a value.
package struct TableFilter: Sendable, Hashable {
    /// Opened on or after, µs.
    package var from: Int64?
    /// Opened before, µs.
    package var until: Int64?
    package var channel: Channel?
    /// Attribute name and value.
    package var cohort: Cohort?

    package struct Cohort: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        from: Int64? = nil, until: Int64? = nil, channel: Channel? = nil, cohort: Cohort? = nil
    ) {
        self.from = from
        self.until = until
        self.channel = channel
        self.cohort = cohort
    }
}

extension JourneyTable {
    /// Rows that pass the filter, ascending.
    package func rows(_ filter: TableFilter, now: Int64) -> [Int32] {
        let from = filter.from ?? .min
        let until = filter.until ?? .max
        let channelCode = filter.channel.flatMap { Channel.allCases.firstIndex(of: $0) }.map { UInt8($0) }
        var cohortColumn: [UInt16] = []
        var cohortCode: UInt16 = 0
        if let cohort = filter.cohort {
            guard let attribute = cohortNames.firstIndex(of: cohort.name),
                let value = cohortValues[attribute].firstIndex(of: cohort.value)
            else { return [] }
            cohortColumn = cohorts[attribute]
            cohortCode = UInt16(clamping: value + 1)
        }
        var kept: [Int32] = []
        kept.reserveCapacity(count)
        for row in 0..<count {
            let start = opened[row]
            guard start >= from, start < until else { continue }
            if let channelCode, channel[row] != channelCode { continue }
            if cohortCode != 0, cohortColumn[row] != cohortCode { continue }
            kept.append(Int32(truncatingIfNeeded: row))
        }
        return kept
    }
}
