import Statistics

extension FixtureAdapter {
    static let businessDays = FixtureAdapter("business_days") { fixture in
        let input = fixture.input
        func day(_ json: JSON) throws -> CalendarDay {
            guard let day = CalendarDay(try json.string) else { throw FixtureError("no day: \(json)") }
            return day
        }
        let closures = try ["closures", "extra_closures", "holidays"].flatMap { key in
            try input.optional(key)?.array.map(day) ?? []
        }
        let calendar =
            closures.isEmpty
            ? BusinessCalendar.usFederal : BusinessCalendar(rules: HolidayRule.usFederal, closures: closures)
        var answer = JSONObject()
        if let years = input.optional("years") {
            var byYear = JSONObject()
            for year in try years.ints { byYear["\(year)"] = .of(calendar.daysOff(in: year).map(\.description)) }
            answer["dates_by_year"] = .object(byYear)
        }
        if let rows = input.optional("start_and_n") {
            answer["dates"] = .of(
                try rows.array.map { row in
                    let row = try row.array
                    guard let result = calendar.adding(try row[1].int, to: try day(row[0])) else {
                        throw FixtureError("outside the calendar: \(row)")
                    }
                    return result.description
                })
        }
        if let rows = input.optional("from_to") {
            answer["counts"] = .of(
                try rows.array.map { row in
                    let row = try row.array
                    return calendar.count(from: try day(row[0]), to: try day(row[1]))
                })
        }
        return .object(answer)
    }
}
