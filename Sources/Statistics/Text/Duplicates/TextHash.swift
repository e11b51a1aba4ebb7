/// 64-bit hashes of byte strings, the same on every machine.
package enum TextHash {
    /// FNV-1a, 64 bits (draft-eastlake-fnv).
    package static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return hash
    }

    /// The finaliser of MurmurHash3: spreads every input bit over all output bits.
    package static func mix(_ value: UInt64) -> UInt64 {
        var k = value
        k = (k ^ (k >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        k = (k ^ (k >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return k ^ (k >> 33)
    }
}
