/// Kinds of personal data that structure and checksums can find in text.
package enum PersonalDataKind: String, Sendable, CaseIterable {
    case socialSecurityNumber = "SSN"
    case taxpayerNumber = "ITIN"
    case paymentCard = "CARD"
    case email = "EMAIL"
    case phone = "PHONE"
    case bankAccount = "IBAN"
    case internetAddress = "IPV4"
    case date = "DATE"
    case alienNumber = "A_NUMBER"
    case immigrationReceipt = "USCIS_RECEIPT"
    case medicareNumber = "MBI"
    case employerNumber = "EIN"
}

/// A stretch of text that looks like personal data.
package struct PersonalDataSpan: Sendable, Equatable {
    package let kind: PersonalDataKind
    /// Position in the UTF-8 bytes of the text.
    package let bytes: Range<Int>

    package init(kind: PersonalDataKind, bytes: Range<Int>) {
        self.kind = kind
        self.bytes = bytes
    }
}
