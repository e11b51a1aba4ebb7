/// One 64-bit fingerprint per text: close texts differ in few bits.
///
/// - Formula: bit b is set when more shingle hashes have it set than not.
/// - Reference: Charikar 2002, STOC.
/// - Use it for long texts only (a page and more; copies differ in ≤ 3 bits); on short comments use ``MinHash``.
/// - An empty text has fingerprint 0 and must not be compared.
package enum SimHash {
    package static func fingerprint(_ shingles: Shingles) -> UInt64 {
        var votes = Array(repeating: 0, count: 64)
        for hash in shingles.hashes {
            for bit in 0..<64 { votes[bit] += hash >> UInt64(bit) & 1 == 1 ? 1 : -1 }
        }
        return votes.indices.reduce(0) { $0 | (votes[$1] > 0 ? 1 << UInt64($1) : 0) }
    }

    /// Number of differing bits, 0...64.
    package static func distance(_ a: UInt64, _ b: UInt64) -> Int { (a ^ b).nonzeroBitCount }
}
