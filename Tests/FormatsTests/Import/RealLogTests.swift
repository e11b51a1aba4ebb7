import Formats
import JourneyEngine
import Testing

@Suite(.enabled(if: SharedLogs.arePresent, "\(SharedLogs.absence)"))
struct RealLogTests {
    struct Expected: Sendable, CustomStringConvertible {
        var file: String
        var journeys: Int
        var events: Int
        var activities: Int
        var objectType: String?
        var description: String { file }
    }

    static let logs: [Expected] = [
        Expected(file: "receipt.xes.gz", journeys: 1434, events: 8577, activities: 27),
        Expected(file: "sepsis.xes.gz", journeys: 1050, events: 15214, activities: 16),
        Expected(file: "bpic2020_DomesticDeclarations.xes.gz", journeys: 10500, events: 56437, activities: 17),
        Expected(file: "bpic2013_incidents.xes.gz", journeys: 7554, events: 65533, activities: 4),
        Expected(file: "roadtraffic100traces.xes", journeys: 100, events: 390, activities: 10),
        Expected(file: "running-example.xes", journeys: 6, events: 42, activities: 8),
        Expected(file: "running-example.csv", journeys: 6, events: 42, activities: 8),
        Expected(file: "interval_event_log.xes.gz", journeys: 1266, events: 8109, activities: 8),
        Expected(file: "apromore_CallcenterExample.csv", journeys: 3885, events: 7548, activities: 6),
        Expected(file: "ocel20_example.jsonocel", journeys: 2, events: 5, activities: 3, objectType: "Purchase Order"),
        Expected(file: "ocel20_example.xmlocel", journeys: 2, events: 5, activities: 3, objectType: "Purchase Order"),
    ]

    private func options(_ expected: Expected) -> LogReadingOptions {
        var options = LogReadingOptions()
        options.objectType = expected.objectType
        return options
    }

    @Test(arguments: logs)
    func readsEveryEventIntoColumns(_ expected: Expected) throws {
        let loaded = try LogReader.read(path: SharedLogs.path(expected.file), options: options(expected))
        #expect(loaded.log.journeyCount == expected.journeys)
        #expect(loaded.log.eventCount == expected.events)
        #expect(loaded.log.activityNames.count == expected.activities)
        #expect(loaded.report.rejectedCount == 0)
        #expect(loaded.report.events == expected.events)
    }

    @Test(arguments: logs)
    func streamsTheSameEventsAsRows(_ expected: Expected) throws {
        let stream = try LogRowStream(path: SharedLogs.path(expected.file), options: options(expected))
        var times: [String: [Int64]] = [:]
        var position = 0
        while let batch = try stream.next(777) {
            #expect(batch.events.count <= 777)
            for event in batch.events {
                #expect(event.position == position)
                position += 1
                times[event.journey, default: []].append(event.occurred)
            }
        }
        #expect(position == expected.events)
        #expect(times.count == expected.journeys)
        #expect(stream.bytesRead == stream.bytesTotal)
        // Both ways of reading must agree on every instant of every journey.
        let log = try LogReader.read(path: SharedLogs.path(expected.file), options: options(expected)).log
        for journey in 0..<log.journeyCount {
            let inColumns = log.events(of: journey).map { log.time(at: $0) }
            #expect(inColumns == times[log.journeyID(journey)]?.sorted())
        }
    }

    @Test func keepsTheCaseCalledNA() throws {
        let log = try LogReader.read(path: SharedLogs.path("sepsis.xes.gz")).log
        let ids = (0..<log.journeyCount).map { log.journeyID($0) }
        #expect(ids.contains("NA"))
    }

    @Test func readsFirstAndLastInstantOfReceipt() throws {
        let log = try LogReader.read(path: SharedLogs.path("receipt.xes.gz")).log
        let times = (0..<log.eventCount).map { log.time(at: $0) }
        #expect(times.min() == 1_286_004_039_266_000)
        #expect(times.max() == 1_327_329_774_644_000)
    }

    @Test func asksForTheObjectTypeAndNamesThem() throws {
        #expect(
            throws: FormatError.unknownObjectType(
                name: nil, types: ["Invoice", "Payment", "Purchase Order", "Purchase Requisition"])
        ) { try LogReader.read(path: SharedLogs.path("ocel20_example.jsonocel")) }
    }

    @Test func readsBothObjectCentricFormsAlike() throws {
        var zoned = LogReadingOptions()
        // The XML sample writes local times of a zone one hour east.
        zoned.zone = .fixed(3600)
        let json = try ObjectCentricLog.read(path: SharedLogs.path("ocel20_example.jsonocel"))
        let xml = try ObjectCentricLog.read(path: SharedLogs.path("ocel20_example.xmlocel"), options: zoned)
        #expect(json.objects.count == 9)
        #expect(json.events.count == 13)
        #expect(json.objectTypes == xml.objectTypes)
        #expect(json.events.map(\.id) == xml.events.map(\.id))
        #expect(json.events.map(\.time) == xml.events.map(\.time))
        #expect(json.events.map(\.relations) == xml.events.map(\.relations))
        #expect(json.danglingRelations == 0)
    }

    @Test func saysWhichColumnsItTook() throws {
        let report = try LogReader.read(path: SharedLogs.path("apromore_CallcenterExample.csv")).report
        let roles = Dictionary(uniqueKeysWithValues: report.roles.map { ($0.role, $0.column) })
        #expect(roles[.journey] == "Service ID")
        #expect(roles[.activity] == "Operation")
        #expect(roles[.time] == "End Date")
        #expect(report.timeFormat == .dayFirst)
        #expect(report.delimiter == UInt8(ascii: ","))
    }
}
