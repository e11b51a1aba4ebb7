/// Remembers the codes of short texts met lately, so that the same text again costs one comparison.
///
/// Direct-mapped and of fixed size: it stands before a dictionary and never replaces it.
struct ValueCache: ~Copyable {
    private static let entries = 256
    /// Bytes an entry: the code, the length, the text.
    private static let stride = 64
    static let longest = 56

    private let memory: UnsafeMutableRawPointer

    init() {
        memory = .allocate(byteCount: Self.entries * Self.stride, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0xFF, count: Self.entries * Self.stride)
    }

    deinit { memory.deallocate() }

    /// The code of `text`, asked of `miss` when it is not here.
    @inline(__always)
    func code(
        _ text: UnsafeBufferPointer<UInt8>, _ miss: (UnsafeBufferPointer<UInt8>) -> UInt32
    ) -> UInt32 {
        let count = text.count
        guard count <= Self.longest, let start = text.baseAddress else { return miss(text) }
        let entry = memory + Self.place(start, count) * Self.stride
        if entry.load(fromByteOffset: 4, as: UInt32.self) == UInt32(truncatingIfNeeded: count),
            equalBytes(start, (entry + 8).assumingMemoryBound(to: UInt8.self), count)
        {
            return entry.load(as: UInt32.self)
        }
        let code = miss(text)
        entry.storeBytes(of: code, as: UInt32.self)
        entry.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: 4, as: UInt32.self)
        (entry + 8).copyMemory(from: start, byteCount: count)
        return code
    }

    @inline(__always)
    private static func place(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var key = UInt64(truncatingIfNeeded: count)
        if count >= 8 {
            key ^= load8(start) &* 0x9E37_79B9_7F4A_7C15
            key ^= load8(start + count - 8) &* 0xC2B2_AE3D_27D4_EB4F
        } else {
            for index in 0..<count { key = key &* 257 &+ UInt64(start[index]) }
        }
        key = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: key >> 56)
    }
}
