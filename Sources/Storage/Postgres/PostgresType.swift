/// The types values are sent as, by the numbers PostgreSQL has for them.
enum PostgresType: UInt32 {
    case bytes = 17
    case integer = 20
    case text = 25
    case real = 701
    case texts = 1009
    case integers = 1016
    case reals = 1022

    /// The type of an array of these.
    var array: PostgresType {
        switch self {
        case .integer, .integers: .integers
        case .real, .reals: .reals
        case .text, .texts, .bytes: .texts
        }
    }

    /// Values of the other types are sent as text.
    var isSentInBinary: Bool {
        switch self {
        case .bytes, .texts, .integers, .reals: true
        case .integer, .real, .text: false
        }
    }
}
