import Channels
import Experience
import Testing

@Suite struct TelephoneRequestTests {
    /// The worked example of the carrier's documentation: token 12345, a call with five fields.
    @Test func signsTheDocumentedExample() {
        let fields: [TelephoneRequest.Field] = [
            .init(name: "CallSid", value: "CA1234567890ABCDE"), .init(name: "Caller", value: "+12349013030"),
            .init(name: "Digits", value: "1234"), .init(name: "From", value: "+12349013030"),
            .init(name: "To", value: "+18005551212"),
        ]
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        #expect(
            TelephoneSignature.make(token: "12345", url: url, fields: fields.reversed())
                == "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")
        #expect(
            TelephoneSignature.isValid(
                "0/KCTR6DLpKmkAf8muzZqo1nDgQ=", token: "12345", url: url, fields: fields))
    }

    @Test(arguments: ["", "x", "0/KCTR6DLpKmkAf8muzZqo1nDgQ", "////", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
    func refusesAnySignatureButTheRightOne(signature: String) {
        #expect(!TelephoneSignature.isValid(signature, token: "12345", url: "https://a.example/", fields: []))
    }

    @Test func aRequestWithoutIdOrNumberHasNone() {
        let odd = TelephoneRequest(fields: [
            .init(name: "MessageSid", value: "short"), .init(name: "From", value: "anonymous"),
        ])
        #expect(odd.id == nil && odd.from == nil)
        let huge = TelephoneRequest(fields: [
            .init(name: "MessageSid", value: String(repeating: "x", count: 65)),
            .init(name: "From", value: String(repeating: "1", count: 65)),
        ])
        #expect(huge.id == nil && huge.from == nil)
    }

    @Test func answersAreWellFormedWhateverIsSaid() {
        let reply = TwiML.message("a < b & \"c\" \u{0} >\u{301}")
        #expect(reply.hasPrefix("<?xml") && reply.hasSuffix("</Message></Response>"))
        #expect(reply.contains("a &lt; b &amp; &quot;c&quot; \u{FFFD} &gt"))
        #expect(!reply.contains("\u{0}"))
        #expect(TwiML.message("") == TwiML.silence)
        #expect(TwiML.gather("Press 1", digits: 1, action: "/x?a=1&b=2", language: .es).contains("a=1&amp;b=2"))
    }
}
