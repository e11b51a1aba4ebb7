internal import CCurl
internal import Foundation
internal import Site

/// Hands text messages to a carrier that speaks Twilio's language: `POST /2010-04-01/Accounts/SID/Messages.json` with
/// form fields and the account's secret as password. One after the other on a thread of its own.
///
/// - Reference: Twilio, "Message resource" and "Error and warning dictionary" (21610: the person said STOP).
final class TwilioSMS: SMSProvider {
    private let settings: SMSSettings.Twilio
    private let queue = DispatchQueue(label: "throughline.sms")
    private let connection: CurlHandle

    init(_ settings: SMSSettings.Twilio) throws {
        self.settings = settings
        guard let connection = CurlHandle() else { throw CommandFailure.unavailable("libcurl could not be started.") }
        self.connection = connection
    }

    func send(_ text: SMSText) async -> SMSResult {
        await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: self.post(text)) }
        }
    }

    private func post(_ text: SMSText) -> SMSResult {
        let handle = connection.pointer
        curl_easy_reset(handle)
        let sink = CurlSink(limit: 1 << 20)
        let sender = settings.from.hasPrefix("MG") ? "MessagingServiceSid" : "From"
        let fields = [("To", text.to), (sender, settings.from), ("Body", text.body)]
        let body = fields.map { "\($0.0)=\(Paths.escape($0.1))" }.joined(separator: "&")
        return withExtendedLifetime(sink) {
            _ = curl_set_text(
                handle, CURLOPT_URL, "\(settings.url)/2010-04-01/Accounts/\(settings.account)/Messages.json")
            _ = curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
            _ = curl_set_text(handle, CURLOPT_USERNAME, settings.account)
            _ = curl_set_text(handle, CURLOPT_PASSWORD, settings.token)
            _ = curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, body)
            _ = curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
            _ = curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 10)
            _ = curl_set_long(handle, CURLOPT_TIMEOUT, 30)
            sink.attach(to: handle)
            let code = curl_easy_perform(handle)
            guard code == CURLE_OK else { return .later(String(cString: curl_easy_strerror(code))) }
            var status = 0
            _ = curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
            return TwilioSMS.result(status, sink.bytes)
        }
    }

    private struct Answer: Decodable {
        var code: Int?
    }

    /// Nothing the carrier writes is repeated but its numbers: its sentences hold the person's number.
    static func result(_ status: Int, _ body: [UInt8]) -> SMSResult {
        if (200..<300).contains(status) { return .accepted }
        let code = (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.code
        let said = "the carrier answered \(status)" + (code.map { ", error \($0)" } ?? "")
        if code == 21610 { return .stopped }
        switch status {
        // Ours to mend (the secret, the account), or for later: the message is not at fault.
        case 401, 402, 403, 404, 408, 429, 500...: return .later(said)
        default: return .refused(said)
        }
    }
}
