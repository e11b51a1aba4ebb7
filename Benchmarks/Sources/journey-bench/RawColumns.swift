import JourneyEngine

/// A log's columns as bare files, for the floor in C: journey starts (32 bits), activity indices (8), times (64).
struct RawColumns {
    let log: EventLog

    init(_ log: EventLog) { self.log = log }

    func write(to directory: String) throws {
        let offsets = try ByteFile(directory + "/offsets.u32")
        let codes = try ByteFile(directory + "/codes.u8")
        let times = try ByteFile(directory + "/times.i64")
        func add<Number: FixedWidthInteger>(_ number: Number, to file: ByteFile) {
            withUnsafeBytes(of: number.littleEndian) { file.add(Array($0)) }
        }
        add(UInt32(0), to: offsets)
        for journey in 0..<log.journeyCount {
            let events = log.events(of: journey)
            for event in events {
                codes.add(UInt8(truncatingIfNeeded: log.activity(at: event)))
                add(log.time(at: event), to: times)
            }
            add(UInt32(truncatingIfNeeded: events.upperBound), to: offsets)
        }
        for file in [offsets, codes, times] { try file.close() }
    }
}
