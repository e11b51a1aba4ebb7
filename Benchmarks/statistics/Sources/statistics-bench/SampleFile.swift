import Foundation

/// Writes numbers as they lie in memory, for the peers to read the same ones.
func write<T: BitwiseCopyable>(_ values: [T], to path: String) throws {
    let data = values.withUnsafeBytes { Data($0) }
    try data.write(to: URL(fileURLWithPath: path))
}
