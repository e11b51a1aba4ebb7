/// Numbers distinct byte strings 0, 1, 2 … in the order they are first met.
///
/// Open addressing over one arena. The hash is keyed anew in every process, so an input cannot be made to collide;
/// codes do not depend on the key.
struct ByteInterner: ~Copyable {
    private var arena = GrowableColumn<UInt8>()
    /// Where string `code` ends in the arena; it starts where the one before ends.
    private var ends = GrowableColumn<Int>()
    /// Low half: code + 1 (0 = free); high half: hash.
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int

    init(expecting distinct: Int = 64) {
        var capacity = 128
        while capacity < distinct * 2 { capacity *= 2 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        mask = capacity - 1
        // So that the arena has an address before it has a byte.
        arena.append(0)
        arena.truncate(to: 0)
    }

    deinit { slots.deallocate() }

    var count: Int { ends.count }

    /// The bytes of a code already given.
    @inline(__always)
    func bytes(_ code: Int) -> UnsafeBufferPointer<UInt8> {
        let start = code == 0 ? 0 : ends[code - 1]
        return UnsafeBufferPointer(start: arena.base.map { UnsafePointer($0 + start) }, count: ends[code] - start)
    }

    func text(_ code: Int) -> String { bytes(code).text }

    /// The code of `bytes`, new if never met.
    @inline(__always)
    mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { return insert(bytes, hash) }
            if UInt32(truncatingIfNeeded: entry >> 32) == hash {
                let code = Int(UInt32(truncatingIfNeeded: entry)) - 1
                if same(code, bytes) { return UInt32(truncatingIfNeeded: code) }
            }
            slot = (slot + 1) & mask
        }
    }

    /// The code of `bytes` if met before.
    func lookup(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let hash = Self.hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash {
                let code = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
                if same(code, bytes) { return UInt32(truncatingIfNeeded: code) }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    func same(_ code: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let mine = self.bytes(code)
        guard mine.count == bytes.count else { return false }
        guard let a = mine.baseAddress, let b = bytes.baseAddress else { return true }
        return equalBytes(a, b, mine.count)
    }

    @inline(never)
    private mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> UInt32 {
        if (ends.count + 1) * 2 > mask { rehash() }
        let code = ends.count
        precondition(code < Int(UInt32.max) - 1, "more than 4 billion distinct values")
        arena.append(contentsOf: bytes)
        ends.append(arena.count)
        place(code, hash)
        return UInt32(truncatingIfNeeded: code)
    }

    private func place(_ code: Int, _ hash: UInt32) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt64(hash) << 32 | UInt64(code + 1)
    }

    private mutating func rehash() {
        let old = slots
        let oldCount = mask + 1
        mask = oldCount * 2 - 1
        slots = .allocate(capacity: oldCount * 2)
        slots.initialize(repeating: 0, count: oldCount * 2)
        for index in 0..<oldCount where old[index] != 0 {
            place(
                Int(UInt32(truncatingIfNeeded: old[index])) - 1,
                UInt32(truncatingIfNeeded: old[index] >> 32))
        }
        old.deallocate()
    }

    private static let key = UInt64.random(in: .min ... .max) | 1

    /// A multiply-and-fold hash over eight bytes a step; reads nothing past the end.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var state = key ^ UInt64(truncatingIfNeeded: bytes.count)
        guard let start = bytes.baseAddress else { return 0 }
        var left = bytes.count
        var cursor = start
        while left >= 8 {
            state = fold(state ^ load8(cursor), 0x9E37_79B9_7F4A_7C15)
            cursor += 8
            left -= 8
        }
        if left > 0 {
            var tail: UInt64 = 0
            if bytes.count >= 8 {
                tail = load8(cursor + left - 8)
            } else {
                for index in 0..<left { tail |= UInt64(cursor[index]) << UInt64(8 * index) }
            }
            state = fold(state ^ tail, 0xC2B2_AE3D_27D4_EB4F)
        }
        let mixed = fold(state, key)
        return UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32))
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
