/// A saved log: one file, little-endian, read by mapping it.
///
///     header     64 bytes: magic, version, byte order, file size, number of entries, sizes, checksum of the header
///     directory  64 bytes an entry, one a part: what, where, how many, how wide
///     checksums  for each part in order, one of every chunk of 1 MiB of it; then one of directory and checksums
///     parts      each from a multiple of 64 bytes, at least 16 bytes of zeros after it
///
/// Opening reads the first three only, so it takes the same time whatever the size of the log.
enum LogFileFormat {
    static let magic: UInt64 = 0x0A47_4F4C_5952_4854  // "THRYLOG\n"
    static let version: UInt32 = 1
    static let byteOrder: UInt32 = 0x0102_0304
    static let headerSize = 64
    static let entrySize = 64
    static let chunk = 1 << 20
    static let alignment = 64

    enum Part: UInt32 {
        case offsets = 1
        case times, activities, idBytes, idOffsets, idSlots
        case nameBytes, nameOffsets, nameSlots
        case declarations, codes, valueBytes, valueOffsets, valueSlots

        var title: String {
            switch self {
            case .offsets: "journey ranges"
            case .times: "times"
            case .activities: "activity codes"
            case .idBytes, .idOffsets, .idSlots: "journey ids"
            case .nameBytes, .nameOffsets, .nameSlots: "activity names"
            case .declarations: "attribute declarations"
            case .codes: "attribute codes"
            case .valueBytes, .valueOffsets, .valueSlots: "attribute values"
            }
        }
    }

    struct Entry {
        var part: UInt32
        /// The attribute, for parts there is one of for each.
        var index: UInt32
        /// Bytes an element.
        var width: UInt32
        var count: UInt64
        var offset: UInt64
        /// The hash seed of a table's slots.
        var extra: UInt64

        var bytes: UInt64 { count &* UInt64(width) }
        var chunks: Int { Int((bytes + UInt64(chunk) - 1) / UInt64(chunk)) }

        var name: String {
            let title = Part(rawValue: part)?.title ?? "part \(part)"
            return part >= Part.codes.rawValue ? "\(title) of attribute \(index)" : title
        }
    }

    static func aligned(_ size: Int) -> Int { (size + alignment - 1) / alignment * alignment }
}

/// A 64-bit checksum at the speed of memory: four lanes of folded 128-bit products. Finds damage, not tampering.
func checksum(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
    var one: UInt64 = 0x243F_6A88_85A3_08D3
    var two: UInt64 = 0x1319_8A2E_0370_7344
    var three: UInt64 = 0xA409_3822_299F_31D0
    var four: UInt64 = 0x082E_FA98_EC4E_6C89
    var at = 0
    while at + 32 <= count {
        // The word is added after folding too, so that a lane that meets zero does not forget what follows.
        let first = start.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = start.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        let third = start.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)
        let fourth = start.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)
        one = fold(one ^ first, factor) &+ first
        two = fold(two ^ second, factor) &+ second
        three = fold(three ^ third, factor) &+ third
        four = fold(four ^ fourth, factor) &+ fourth
        at += 32
    }
    while at < count {
        let byte = UInt64(start.load(fromByteOffset: at, as: UInt8.self))
        one = fold(one ^ (byte | 0x100), factor) &+ byte
        at += 1
    }
    var sum = fold(one ^ UInt64(truncatingIfNeeded: count), factor) &+ one
    sum = fold(sum ^ two, factor) &+ sum
    sum = fold(sum ^ three, factor) &+ sum
    return fold(sum ^ four, factor) &+ sum
}
