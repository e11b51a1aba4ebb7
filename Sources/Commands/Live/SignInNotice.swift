package import Experience
internal import Formats
package import Logging
package import Site
package import Storage

/// Tells people by e-mail that the way they sign in was changed: those whose user name is an e-mail address, where mail
/// is sent at all. What they did stands whether or not the mail can be queued.
package struct SignInNotice: Sendable {
    package enum Change: String, Sendable, CaseIterable {
        case added, removed, reset, codesRenewed, recoveryCodeUsed
    }

    let record: Record
    let sends: Bool
    /// Of a site whose accounts see all agencies: who sends.
    let agency: @Sendable () -> AgencyID?
    let now: @Sendable () -> Instant
    let logger: Logger

    package init(
        record: Record, sends: Bool, agency: @escaping @Sendable () -> AgencyID?,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.record = record
        self.sends = sends
        self.agency = agency
        self.now = now
        self.logger = logger
    }

    package func tell(_ account: StaffAccount, _ change: Change) async {
        guard sends, account.name.contains("@"), let address = MailAddress(account.name),
            let agency = account.agency ?? agency()
        else { return }
        do {
            _ = try await record.queueMessage(
                OutgoingMessage(
                    agency: agency, to: .address(address.address), language: .en,
                    subject: "Your two-step sign-in / Su verificación en dos pasos", body: Self.text(change),
                    purpose: "sign-in", dedupeKey: "sign-in:\(account.id):\(change.rawValue):\(now().microseconds)"))
        } catch {
            logger.warning("a notice of a changed sign-in was not queued", metadata: ["account": "\(account.id)"])
        }
    }

    /// In both languages: nobody asked which one the person reads.
    static func text(_ change: Change) -> String {
        let (en, es) =
            switch change {
            case .added:
                (
                    "Two-step sign-in was set up for your account.",
                    "Se activó la verificación en dos pasos de su cuenta."
                )
            case .removed:
                (
                    "Two-step sign-in was turned off for your account.",
                    "Se desactivó la verificación en dos pasos de su cuenta."
                )
            case .reset:
                (
                    "An administrator reset two-step sign-in for your account. Set it up again.",
                    "Un administrador restableció la verificación en dos pasos de su cuenta. Actívela de nuevo."
                )
            case .codesRenewed:
                (
                    "New recovery codes were made for your account; the old ones no longer work.",
                    "Se crearon códigos de recuperación nuevos para su cuenta; los anteriores ya no sirven."
                )
            case .recoveryCodeUsed:
                (
                    "Somebody signed in to your account with one of your recovery codes.",
                    "Alguien entró en su cuenta con uno de sus códigos de recuperación."
                )
            }
        return """
            \(en)
            If this was not you, tell an administrator now.

            \(es)
            Si no fue usted, avise ahora a un administrador.
            """
    }
}
