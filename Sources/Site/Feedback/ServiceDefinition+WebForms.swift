import Experience

extension ServiceDefinition {
    /// The question asked at a device by the door: of those forms that are asked on the spot the first with faces.
    var kioskForm: FormDefinition? {
        guard touchpoints.contains(where: { $0.channel == .kiosk }) else { return nil }
        return forms.first { $0.askAfter == nil && $0.questions.contains { $0.kind == .faces } }
    }

    /// What a person on the web may be asked: everything but the question at the door ("How was your visit today?").
    var webForms: [FormDefinition] {
        let atTheDoor = kioskForm?.id
        return forms.filter { $0.id != atTheDoor }
    }

    /// For a visitor of the service's page, of whom nothing is known: the forms sent to nobody; where there are none,
    /// the one people get afterwards.
    var openWebForms: [FormDefinition] {
        let open = webForms.filter { $0.askAfter == nil }
        return open.isEmpty ? Array(webForms.prefix(1)) : open
    }
}
