/// The directory of a safetensors file: an 8-byte length, a JSON header, then raw little-endian tensors.
///
/// Reads exactly what such headers hold (objects, strings, integers, arrays of integers); anything else is refused.
struct TensorFile {
    struct Entry: Equatable {
        var type = ""
        var shape: [Int] = []
        var offsets: [Int] = []
    }

    let entries: [String: Entry]
    private let bytes: UnsafeRawBufferPointer
    private let base: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(EncoderError) {
        guard bytes.count >= 8 else { throw .notSafetensors }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(bytes.count - 8), length < 100_000_000 else { throw .notSafetensors }
        var header = HeaderReader(bytes: bytes, position: 8, end: 8 + Int(length))
        guard let entries = header.entries() else { throw .notSafetensors }
        self.entries = entries
        self.bytes = bytes
        base = 8 + Int(length)
    }

    /// The numbers of a 32-bit float tensor of a given shape.
    func floats(_ name: String, shape: [Int]) throws(EncoderError) -> [Float] {
        guard let entry = entries[name] else { throw .missing(name) }
        let count = shape.reduce(1, *)
        guard entry.type == "F32", entry.shape == shape, entry.offsets.count == 2, entry.offsets[0] >= 0,
            entry.offsets[1] - entry.offsets[0] == count * 4, entry.offsets[1] <= bytes.count - base
        else { throw .unexpectedShape(name) }
        let start = base + entry.offsets[0]
        return (0..<count).map { index in
            let raw = bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
            return Float(bitPattern: UInt32(littleEndian: raw))
        }
    }

    /// A reader of the header's small part of JSON.
    private struct HeaderReader {
        let bytes: UnsafeRawBufferPointer
        var position: Int
        let end: Int

        mutating func entries() -> [String: Entry]? {
            var result: [String: Entry] = [:]
            let isRead = object { reader, name in
                var entry = Entry()
                let isFine = reader.object { reader, key in
                    switch key {
                    case "shape": reader.integers().map { entry.shape = $0 } != nil
                    case "data_offsets": reader.integers().map { entry.offsets = $0 } != nil
                    default: reader.string().map { if key == "dtype" { entry.type = $0 } } != nil
                    }
                }
                result[name] = entry
                return isFine
            }
            return isRead ? result : nil
        }

        private mutating func skip() {
            while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            skip()
            guard position < end, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        private mutating func object(_ body: (inout HeaderReader, String) -> Bool) -> Bool {
            guard take("{") else { return false }
            if take("}") { return true }
            repeat {
                guard let key = string(), take(":"), body(&self, key) else { return false }
            } while take(",")
            return take("}")
        }

        private mutating func string() -> String? {
            guard take("\"") else { return nil }
            let start = position
            while position < end, bytes[position] != UInt8(ascii: "\"") {
                // Tensor names hold no escapes.
                if bytes[position] == UInt8(ascii: "\\") { return nil }
                position += 1
            }
            guard position < end else { return nil }
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }

        private mutating func integers() -> [Int]? {
            guard take("[") else { return nil }
            var result: [Int] = []
            if take("]") { return result }
            repeat {
                skip()
                var value = 0
                let start = position
                while position < end, bytes[position] &- 0x30 < 10 {
                    guard value < 1_000_000_000_000 else { return nil }
                    value = value * 10 + Int(bytes[position] - 0x30)
                    position += 1
                }
                guard position > start else { return nil }
                result.append(value)
            } while take(",")
            return take("]") ? result : nil
        }
    }
}
