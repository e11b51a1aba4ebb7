/// A 32-bit hash of bytes, eight at a time, folded through a 128-bit product.
///
/// `seed` is random for each table, so texts cannot be chosen to collide. Not for cryptography.
@inline(__always)
func textHash(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt64) -> UInt32 {
    let raw = UnsafeRawPointer(start)
    var hash = fold(seed ^ UInt64(truncatingIfNeeded: count), 0x9E37_79B9_7F4A_7C15)
    var at = 0
    while at + 8 <= count {
        hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), 0xD6E8_FEB8_6659_FD93)
        at += 8
    }
    let rest = count - at
    if rest >= 4 {
        let low = UInt64(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        let high = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        hash = fold(hash ^ (low | high << 32), 0xA076_1D64_78BD_642F)
    } else if rest > 0 {
        let low = UInt64(start[at])
        let middle = UInt64(start[at + (rest >> 1)])
        let high = UInt64(start[count - 1])
        hash = fold(hash ^ (low | middle << 8 | high << 16), 0xE703_7ED1_A0B4_28DB)
    }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
}

@inline(__always)
func fold(_ value: UInt64, _ factor: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
}
