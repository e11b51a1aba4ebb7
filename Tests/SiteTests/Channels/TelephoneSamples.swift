import Channels

enum TelephoneSamples {
    static func sign(_ url: String, _ fields: [(String, String)], token: String) -> String {
        TelephoneSignature.make(
            token: token, url: url, fields: fields.map { TelephoneRequest.Field(name: $0.0, value: $0.1) })
    }
}
