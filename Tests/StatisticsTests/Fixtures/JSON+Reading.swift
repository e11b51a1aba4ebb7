/// What went wrong while a fixture was read; shown as the failure of its case.
struct FixtureError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// How an adapter reads its input. Every accessor throws a sentence that names what was expected.
extension JSON {
    subscript(key: String) -> JSON {
        get throws {
            guard case .object(let object) = self else { throw FixtureError("no object to take “\(key)” from") }
            guard let value = object[key] else { throw FixtureError("input has no “\(key)”, only \(object.keys)") }
            return value
        }
    }

    /// The value at `key`, or nil when this is no object, has no such key, or holds null there.
    func optional(_ key: String) -> JSON? {
        guard case .object(let object) = self, let value = object[key], value != .null else { return nil }
        return value
    }

    var isNull: Bool { self == .null }

    var keys: [String] {
        if case .object(let object) = self { return object.keys }
        return []
    }

    var double: Double {
        get throws {
            switch self {
            case .number(let value): return value
            case .integer(let value): return Double(value)
            case .bool(let value): return value ? 1 : 0
            default: throw FixtureError("expected a number, found \(self)")
            }
        }
    }

    var int: Int {
        get throws {
            switch self {
            case .integer(let value): return value
            case .bool(let value): return value ? 1 : 0
            case .number(let value):
                if let exact = Int(exactly: value) { return exact }
                throw FixtureError("expected an integer, found \(value)")
            default: throw FixtureError("expected an integer, found \(self)")
            }
        }
    }

    var bool: Bool {
        get throws {
            switch self {
            case .bool(let value): return value
            case .integer(let value) where value == 0 || value == 1: return value == 1
            default: throw FixtureError("expected true or false, found \(self)")
            }
        }
    }

    var string: String {
        get throws {
            if case .string(let value) = self { return value }
            throw FixtureError("expected a string, found \(self)")
        }
    }

    var array: [JSON] {
        get throws {
            if case .array(let values) = self { return values }
            throw FixtureError("expected a list, found \(self)")
        }
    }

    var doubles: [Double] { get throws { try array.map { try $0.double } } }
    var ints: [Int] { get throws { try array.map { try $0.int } } }
    var bools: [Bool] { get throws { try array.map { try $0.bool } } }
    var strings: [String] { get throws { try array.map { try $0.string } } }
    var doubleRows: [[Double]] { get throws { try array.map { try $0.doubles } } }
    var intRows: [[Int]] { get throws { try array.map { try $0.ints } } }

    /// A list of numbers in which null stands for "missing".
    var optionalDoubles: [Double?] { get throws { try array.map { $0.isNull ? nil : try $0.double } } }
}
