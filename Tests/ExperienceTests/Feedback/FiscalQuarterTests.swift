import Experience
import Testing

@Suite struct FiscalQuarterTests {
    private func quarter(_ text: String) throws -> FiscalQuarter { try #require(FiscalQuarter(text)) }

    @Test func theFiscalYearBeginsInOctoberOfTheYearBefore() throws {
        let days: [(String, String, String)] = [
            ("FY2021Q1", "2020-10-01", "2020-12-31"), ("FY2021Q2", "2021-01-01", "2021-03-31"),
            ("FY2021Q3", "2021-04-01", "2021-06-30"), ("FY2021Q4", "2021-07-01", "2021-09-30"),
        ]
        for (name, first, last) in days {
            #expect(try quarter(name).firstDay.description == first)
            #expect(try quarter(name).lastDay.description == last)
        }
        #expect(try quarter("FY2024Q2").lastDay.description == "2024-03-31")
    }

    @Test func everyDayLiesInTheQuarterWhoseBoundsHoldIt() throws {
        var day = try #require(CivilDate("2019-12-25"))
        let end = try #require(CivilDate("2025-01-05"))
        while day < end {
            let quarter = FiscalQuarter(containing: day)
            #expect(quarter.firstDay <= day && day <= quarter.lastDay)
            day = day.adding(days: 1)
        }
    }

    @Test func edgesAreExactToTheMicrosecondInTheStatedZone() throws {
        let bounds = try #require(try quarter("FY2021Q2").bounds(in: "America/New_York"))
        // Midnight in New York is 05:00 UTC in winter and 04:00 in summer.
        #expect(bounds.lowerBound.rfc3339 == "2021-01-01T05:00:00Z")
        #expect(bounds.upperBound.rfc3339 == "2021-04-01T04:00:00Z")
        let last = Instant(microseconds: bounds.upperBound.microseconds - 1)
        #expect(bounds.contains(last))
        #expect(!bounds.contains(bounds.upperBound))
        #expect(FiscalQuarter(containing: last, zone: "America/New_York") == (try quarter("FY2021Q2")))
        #expect(FiscalQuarter(containing: bounds.upperBound, zone: "America/New_York") == (try quarter("FY2021Q3")))
        #expect(FiscalQuarter(containing: bounds.upperBound, zone: "UTC") == (try quarter("FY2021Q3")))
    }

    @Test func quartersMeetWithoutGapOrOverlapInEveryZone() throws {
        for zone in ["UTC", "America/New_York", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu"] {
            var current = try quarter("FY2016Q3")
            for _ in 0..<30 {
                let bounds = try #require(current.bounds(in: zone))
                #expect(try #require(current.next.bounds(in: zone)).lowerBound == bounds.upperBound)
                #expect(current.next.previous == current)
                current = current.next
            }
        }
    }

    @Test func theReportIsDueThirtyDaysAfterTheEnd() throws {
        #expect(try quarter("FY2021Q2").due.description == "2021-04-30")
        #expect(try quarter("FY2021Q1").due.description == "2021-01-30")
    }

    @Test(arguments: ["FY2021Q5", "FY2021Q0", "FY21Q1", "2021-Q1", "", "FY2021", "FYQ1", "FY2021Q12", "FY 021Q1"])
    func refusesWhatIsNoQuarter(text: String) { #expect(FiscalQuarter(text) == nil) }

    @Test func readsSmallLettersAndWritesOneForm() throws {
        #expect(try quarter("fy2021q2").description == "FY2021Q2")
        #expect(try quarter("2021Q2").description == "FY2021Q2")
    }

    @Test func anUnknownZoneHasNoBounds() throws {
        #expect(try quarter("FY2021Q2").bounds(in: "Mars/Olympus") == nil)
    }
}
