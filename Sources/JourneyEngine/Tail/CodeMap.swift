/// Where the codes of a tail's dictionaries are in the log's.
struct CodeMap {
    var activities: [UInt32]
    /// By attribute of the tail: its index in the log, and the log's code for each code.
    var attributes: [(index: Int, codes: [UInt32])]
}

extension CodeColumn {
    /// The code of a column that may be absent, seen through a map.
    @inline(__always)
    static func mapped(_ column: CodeColumn?, _ index: Int, _ codes: [UInt32]) -> UInt32 {
        guard let column else { return 0 }
        let code = column[index]
        return code < codes.count ? codes[code] : 0
    }
}
