import Channels
import Experience

extension Site {
    /// The hidden part of a form that is open to everybody.
    struct Ticket: Sendable {
        var text: String
        var bits: Int
        /// The script that does the work; nil in calm, so that nothing is loaded.
        var script: String?
    }

    func ticket(_ place: String, response: String) -> Ticket {
        let bits = floods.bits(place)
        let ticket = FormTicket(place: place, response: response, issued: services.now(), bits: bits)
        return Ticket(
            text: ticket.text(key: configuration.formKey), bits: bits, script: bits > 0 ? "work.js" : nil)
    }

    /// What stands against an answer by the way it was sent. Nobody is turned away: in a flood an answer without the
    /// work waits in a queue, is looked through like the others and then counted.
    func held(_ form: FormBody, place: String, response: String) -> [IntakeMark.Reason] {
        let asked = floods.note(place)
        guard asked > 0 else { return [] }
        guard let text = form["ticket"], let ticket = FormTicket(text, place: place, key: configuration.formKey),
            ticket.response == response, ticket.bits > 0, ticket.bits + 2 >= asked,
            services.now().seconds(since: ticket.issued) < 86_400,
            FormTicket.isWorked(text, nonce: form["work"] ?? "", bits: ticket.bits)
        else { return [.flood] }
        return []
    }
}
