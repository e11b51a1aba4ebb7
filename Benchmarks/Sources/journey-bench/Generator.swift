#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

import Formats
import JourneyEngine

/// Writes a log many times over as one file: every copy with ids of its own and its times an hour later than the last
/// one's.
///
/// A log of K copies has K times every count of the log, and the same means, extremes and nearest-rank percentiles.
struct Generator {
    let log: EventLog
    private let activities: [[UInt8]]
    private let values: [[[UInt8]]]

    init(_ path: String) throws {
        let log = try LogReader.read(path: path).log
        self.log = log
        activities = log.activityNames.map { Array($0.utf8) }
        values = log.attributes.indices.map { attribute in
            [[]] + log.attributeValues(attribute).map { Array($0.utf8) }
        }
    }

    /// Columns case, activity, timestamp and resource, journey by journey.
    func writeCSV(to path: String, copies: Int) throws {
        let out = try ByteFile(path)
        let resource = log.attributeIndex("org:resource", level: .event)
        out.add("case,activity,timestamp,resource\n")
        for copy in 0..<copies {
            let suffix = Array("-\(copy)".utf8)
            for journey in 0..<log.journeyCount {
                let id = Array(log.journeyID(journey).utf8)
                for event in log.events(of: journey) {
                    out.add(id)
                    out.add(suffix)
                    out.add(44)
                    out.add(activities[log.activity(at: event)])
                    out.add(44)
                    out.addTime(log.time(at: event) + Int64(copy) * 3_600_000_000)
                    out.add(44)
                    if let resource { out.add(values[resource][log.attributeCode(resource, event: event)]) }
                    out.add(10)
                }
            }
        }
        try out.close()
    }

    /// All attributes, as strings.
    func writeXES(to path: String, copies: Int) throws {
        let out = try ByteFile(path)
        out.add("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<log xes.version=\"1.0\">\n")
        for copy in 0..<copies {
            for journey in 0..<log.journeyCount {
                out.add("<trace>\n")
                out.addString("concept:name", Array("\(log.journeyID(journey))-\(copy)".utf8))
                attributes(out, .journey) { log.attributeCode($0, journey: journey) }
                for event in log.events(of: journey) {
                    out.add("<event>\n")
                    out.addString("concept:name", activities[log.activity(at: event)])
                    out.add("<date key=\"time:timestamp\" value=\"")
                    out.addTime(log.time(at: event) + Int64(copy) * 3_600_000_000)
                    out.add("\"/>\n")
                    attributes(out, .event) { log.attributeCode($0, event: event) }
                    out.add("</event>\n")
                }
                out.add("</trace>\n")
            }
        }
        out.add("</log>\n")
        try out.close()
    }

    private func attributes(_ out: ByteFile, _ level: AttributeDeclaration.Level, _ code: (Int) -> Int) {
        for (index, attribute) in log.attributes.enumerated() where attribute.level == level {
            let code = code(index)
            if code > 0 { out.addString(attribute.name, values[index][code]) }
        }
    }
}

/// A file written through a buffer.
final class ByteFile {
    struct Failure: Error { var path: String }

    private let file: UnsafeMutablePointer<FILE>
    private let path: String
    private var failed = false

    init(_ path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure(path: path) }
        setvbuf(file, nil, Int32(_IOFBF), 1 << 20)
        self.file = file
        self.path = path
    }

    func add(_ byte: UInt8) { if putc(Int32(byte), file) == EOF { failed = true } }

    func add(_ bytes: [UInt8]) { if fwrite(bytes, 1, bytes.count, file) != bytes.count { failed = true } }

    func add(_ text: String) { add(Array(text.utf8)) }

    /// A string attribute of XES; texts are escaped.
    func addString(_ key: String, _ value: [UInt8]) {
        add("<string key=\"\(key)\" value=\"")
        for byte in value {
            switch byte {
            case 38: add("&amp;")
            case 60: add("&lt;")
            case 34: add("&quot;")
            default: add(byte)
            }
        }
        add("\"/>\n")
    }

    /// 2011-10-11T11:45:40.276Z
    func addTime(_ microseconds: Int64) {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func digits(_ number: Int, _ count: Int) {
            var divisor = 1
            for _ in 1..<count { divisor *= 10 }
            while divisor > 0 {
                add(UInt8(48 + number / divisor % 10))
                divisor /= 10
            }
        }
        digits(Int(parts.tm_year) + 1900, 4)
        add(45)
        digits(Int(parts.tm_mon) + 1, 2)
        add(45)
        digits(Int(parts.tm_mday), 2)
        add(84)
        digits(Int(parts.tm_hour), 2)
        add(58)
        digits(Int(parts.tm_min), 2)
        add(58)
        digits(Int(parts.tm_sec), 2)
        add(46)
        digits(Int(rest / 1000), 3)
        add(90)
    }

    func close() throws { if fclose(file) != 0 || failed { throw Failure(path: path) } }
}
