import CPostgres

extension StorageError {
    /// What a result, or the connection where there is none, says went wrong. Only the primary message: details quote
    /// values, and values may be personal.
    init(connection: OpaquePointer, result: OpaquePointer?) {
        guard let result, let state = PQresultErrorField(result, 67) else {  // PG_DIAG_SQLSTATE, 'C'
            self =
                PQstatus(connection) == CONNECTION_OK
                ? .database(code: -1, message: StorageError.connectionMessage(connection))
                : .unreachable(StorageError.connectionMessage(connection))
            return
        }
        let message = PQresultErrorField(result, 77).map { String(cString: $0) } ?? ""  // PG_DIAG_MESSAGE_PRIMARY, 'M'
        self.init(sqlState: String(cString: state), message: message)
        if PQstatus(connection) != CONNECTION_OK, case .database = self { self = .unreachable(message) }
    }

    init(sqlState state: String, message: String) {
        switch state {
        case "40001", "40P01", "55P03": self = .contended
        case "53100": self = .full
        case "53300": self = .busy
        case "57014": self = .cancelled
        // Shut down, crashed, starting, or now a replica: another host may take over.
        case "57P01", "57P02", "57P03", "57P05", "25006": self = .unreachable(message)
        case "XX001", "XX002": self = .damaged(message)
        case "P0001": self = .refused("the database refuses this (\(message)); send valid values.")
        default:
            switch state.prefix(2) {
            case "08": self = .unreachable(message)
            case "22":
                self = .refused("the database refuses this (a value is malformed or too large); send valid values.")
            case "23": self = .refused("the database refuses this (\(message)); send valid values.")
            default: self = .database(code: Int32(state, radix: 36) ?? -1, message: "\(state) \(message)")
            }
        }
    }

    static func connectionMessage(_ connection: OpaquePointer) -> String {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.isEmpty ? "the connection was lost" : lines.joined(separator: " ")
    }
}
