#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Distinct texts numbered from 0, with their index: number to text and text to number, both in constant time.
///
/// Texts are exact bytes: no case folding, no normalisation, the empty text is a text like any other.
struct TextTable: Sendable {
    let bytes: Column<UInt8>
    /// `count + 1` positions in `bytes`; text `i` is `offsets[i] ..< offsets[i + 1]`.
    let offsets: Column<UInt64>
    /// Open addressing by hash, a power of two long: number + 1, 0 when empty.
    let slots: Column<UInt32>
    let seed: UInt64

    var count: Int { max(0, offsets.count - 1) }

    /// The bytes of text `index`. Bounds are checked, so a damaged file gives a wrong text, not a wild read.
    @inline(__always)
    func withBytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0, index < count else { return UnsafeBufferPointer(start: bytes.start, count: 0) }
        let limit = UInt64(bytes.count)
        let low = min(offsets[index], limit)
        let high = min(max(offsets[index + 1], low), limit)
        return UnsafeBufferPointer(start: bytes.start + Int(low), count: Int(high - low))
    }

    subscript(index: Int) -> String { String(decoding: withBytes(index), as: UTF8.self) }

    /// The number of a text, or nil when the table does not hold it.
    func index(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard count > 0, slots.count > 0 else { return nil }
        let hash = withText(text) { textHash($0, $1, seed: seed) }
        let mask = slots.count - 1
        var at = Int(hash) & mask
        for _ in 0..<slots.count {
            let slot = slots[at]
            if slot == 0 { return nil }
            if sameBytes(withBytes(Int(slot) - 1), text) { return Int(slot) - 1 }
            at = (at + 1) & mask
        }
        return nil
    }

    func index(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { index(of: $0) }
    }

    /// All texts, in order of their numbers.
    func texts() -> [String] { (0..<count).map { self[$0] } }
}

@inline(__always)
private func withText<R>(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> R) -> R {
    if let start = text.baseAddress { return body(start, text.count) }
    var nothing: UInt8 = 0
    return withUnsafePointer(to: &nothing) { body($0, 0) }
}

@inline(__always)
func sameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0, let first = left.baseAddress, let second = right.baseAddress else { return true }
    // Names and ids are short: a word at a time, the last one overlapping, costs less than a call.
    guard left.count >= 8, left.count <= 64 else { return memcmp(first, second, left.count) == 0 }
    let one = UnsafeRawPointer(first)
    let two = UnsafeRawPointer(second)
    let last = left.count - 8
    var at = 0
    while at < last {
        if one.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            != two.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        {
            return false
        }
        at += 8
    }
    return one.loadUnaligned(fromByteOffset: last, as: UInt64.self)
        == two.loadUnaligned(fromByteOffset: last, as: UInt64.self)
}

/// Numbers texts in order of first appearance.
struct TextTableBuilder: ~Copyable {
    private var bytes = GrowingColumn<UInt8>(capacity: 1024)
    private var offsets = GrowingColumn<UInt64>(capacity: 64)
    /// As in ``TextTable``, with the hash in the high half: most texts that differ are told apart without being read.
    private var slots: GrowingColumn<UInt64>
    private let seed: UInt64
    private var last: UInt32 = 0

    init() {
        seed = UInt64.random(in: .min ... .max)
        slots = GrowingColumn(capacity: 64)
        slots.pad(to: 64, with: 0)
        offsets.append(0)
    }

    var count: Int { offsets.count - 1 }

    private func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let low = Int(offsets[index])
        return UnsafeBufferPointer(start: bytes.start + low, count: Int(offsets[index + 1]) - low)
    }

    /// The number of a text, given now if it is new.
    mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard let start = text.baseAddress else {
            var nothing: UInt8 = 0
            return withUnsafePointer(to: &nothing) { code($0, 0) }
        }
        return code(start, text.count)
    }

    mutating func code(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { code($0) }
    }

    @inline(__always)
    private mutating func code(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        let text = UnsafeBufferPointer(start: start, count: length)
        // Rows of one journey mostly follow each other.
        if Int(last) < count, sameBytes(self.text(Int(last)), text) { return last }
        let hash = textHash(start, length, seed: seed)
        let mask = slots.count - 1
        var at = Int(hash) & mask
        while true {
            let slot = slots[at]
            if slot == 0 { break }
            if UInt32(truncatingIfNeeded: slot >> 32) == hash {
                let index = UInt32(truncatingIfNeeded: slot) - 1
                if sameBytes(self.text(Int(index)), text) {
                    last = index
                    return index
                }
            }
            at = (at + 1) & mask
        }
        let index = UInt32(truncatingIfNeeded: count)
        bytes.append(contentsOf: start, count: length)
        offsets.append(UInt64(bytes.count))
        slots[at] = UInt64(hash) << 32 | UInt64(index + 1)
        last = index
        if count * 4 > slots.count * 3 { grow() }
        return index
    }

    @inline(never)
    private mutating func grow() {
        let size = slots.count * 2
        let mask = size - 1
        var larger = GrowingColumn<UInt64>(capacity: size)
        larger.pad(to: size, with: 0)
        for slot in UnsafeBufferPointer(start: slots.start, count: slots.count) where slot != 0 {
            var at = Int(slot >> 32) & mask
            while larger[at] != 0 { at = (at + 1) & mask }
            larger[at] = slot
        }
        slots = larger
    }

    consuming func freeze() -> TextTable {
        let seed = seed
        return TextTable(bytes: bytes.freeze(), offsets: offsets.freeze(), slots: slots.freezeLowHalves(), seed: seed)
    }
}

extension TextTable {
    /// The texts with a place, in order of it (`places[i]` for text `i`, `.max` for none; places are `0 ..< count`).
    func permuted(places: UnsafePointer<UInt32>, count used: Int) -> TextTable {
        var order = GrowingColumn<UInt32>(capacity: used)
        order.pad(to: used, with: 0)
        for index in 0..<count where places[index] != .max { order[Int(places[index])] = UInt32(index) }
        var builder = TextTableBuilder()
        for place in 0..<used { _ = builder.code(withBytes(Int(order[place]))) }
        return builder.freeze()
    }
}
