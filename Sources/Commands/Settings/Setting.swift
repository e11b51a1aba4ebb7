/// One thing that can be configured: the one list that the server, `throughline doctor` and the documentation share.
///
/// Precedence, everywhere: flag, then environment, then `throughline.json`, then the default.
package struct Setting: Sendable, Hashable {
    /// "smtp.url": nested in `throughline.json` as {"smtp": {"url": …}}.
    package var key: String
    package var flag: String?
    /// Nil where there is none: the thing is off, or must be set.
    package var standard: String?
    package var meaning: String
    /// Shown to nobody.
    package var isSecret = false
    /// Where it may stand besides the flag.
    package var inFile = true

    /// THROUGHLINE_SMTP_URL
    package var variable: String {
        "THROUGHLINE_" + key.uppercased().replacing(".", with: "_")
    }

    package static let all: [Setting] = [
        Setting(
            key: "data", flag: "--data", standard: ".throughline",
            meaning: "Folder of the embedded database and the keys",
            inFile: false),
        Setting(
            key: "database", flag: "--database", standard: "sqlite in the data folder",
            meaning: "Where the record is: `postgres://…` or `sqlite:FOLDER`"),
        Setting(
            key: "analytics", flag: "--analytics", standard: nil,
            meaning: "Where analyses beyond memory are answered: `clickhouse:http://…`"),
        Setting(
            key: "services", flag: "--services", standard: "`./services`, else `../share/throughline/services`",
            meaning: "Folder of service definitions", inFile: false),
        Setting(
            key: "forms", flag: "--forms", standard: "`forms` beside the services", meaning: "Folder of ready forms",
            inFile: false),
        Setting(key: "host", flag: "--host", standard: "127.0.0.1", meaning: "Address to listen on"),
        Setting(key: "port", flag: "--port", standard: "8080", meaning: "Port to listen on; 0 takes a free one"),
        Setting(
            key: "url", flag: nil, standard: nil,
            meaning: "Where people reach the site, for links in messages; needed for invitations"),
        Setting(
            key: "secure", flag: "--secure", standard: "false",
            meaning: "Behind TLS: cookies carry `Secure` and the `__Host-` prefix. Implied by a certificate"),
        Setting(
            key: "tls.certificate", flag: "--tls-certificate", standard: nil,
            meaning: "PEM file of the certificate chain, to serve https without a proxy"),
        Setting(key: "tls.key", flag: "--tls-key", standard: nil, meaning: "PEM file of the certificate's private key"),
        Setting(
            key: "address.header", flag: "--address-header", standard: nil,
            meaning: "Header in which a proxy in front passes the person's address, such as `x-forwarded-for`"),
        Setting(
            key: "second.factor", flag: "--require-second-factor", standard: "none",
            meaning:
                "Who must have a second factor to sign in: `none`, `administrators`, `owners` (and administrators) or `all`"
        ),
        Setting(
            key: "passwords.leaked", flag: nil, standard: nil,
            meaning: "File of leaked passwords nobody may choose: SHA-1 hashes in order, a line each"),
        Setting(
            key: "templates", flag: "--templates", standard: "`Templates` beside or above the program",
            meaning: "Folder of templates, words and assets"),
        Setting(key: "zone", flag: nil, standard: "America/New_York", meaning: "Time zone in which times are shown"),
        Setting(key: "name.en", flag: nil, standard: "Throughline", meaning: "The site's name in English"),
        Setting(key: "name.es", flag: nil, standard: "Throughline", meaning: "The site's name in Spanish"),
        Setting(
            key: "smtp.url", flag: "--smtp-url", standard: nil,
            meaning: "Mail server, `smtp://host:587` or `smtps://host:465`; without it messages wait in the outbox"),
        Setting(key: "smtp.from", flag: "--smtp-from", standard: nil, meaning: "Sender of mails, `Name <address>`"),
        Setting(key: "smtp.user", flag: nil, standard: nil, meaning: "User at the mail server"),
        Setting(
            key: "smtp.password", flag: nil, standard: nil, meaning: "Password at the mail server", isSecret: true),
        Setting(
            key: "smtp.tls", flag: nil, standard: "required; offered for a server on this machine",
            meaning: "`required`, `offered` or `off`"),
        Setting(key: "smtp.ca", flag: nil, standard: nil, meaning: "File of certificates to trust for mail"),
        Setting(
            key: "webhooks.private", flag: "--webhooks-private", standard: "false",
            meaning: "Let webhooks lead into a private network"),
        Setting(
            key: "malware.scan", flag: "--malware-scan", standard: nil,
            meaning: "Scanner that looks into files people send: `clamd:unix:/PATH` or `clamd:HOST:PORT`"),
        Setting(
            key: "widget.origins", flag: nil, standard: nil,
            meaning: "Sites that may show the widget: origins separated by commas"),
        Setting(
            key: "flood.floor", flag: nil, standard: "300",
            meaning: "Answers a minute to one form that are never taken for a flood"),
        Setting(
            key: "telephone.token", flag: nil, standard: nil, meaning: "The carrier's secret for SMS and calls",
            isSecret: true),
        Setting(
            key: "sms.provider", flag: nil, standard: "twilio where an account is named",
            meaning: "Who carries text messages: `twilio` or `sandbox`"),
        Setting(key: "sms.url", flag: nil, standard: "https://api.twilio.com", meaning: "The carrier's address"),
        Setting(key: "sms.account", flag: nil, standard: nil, meaning: "Account at the carrier"),
        Setting(
            key: "sms.token", flag: nil, standard: "the telephone token", meaning: "The carrier's secret for sending",
            isSecret: true),
        Setting(
            key: "sms.from", flag: nil, standard: nil,
            meaning: "Our number, such as +15550100199, or a messaging service's id"),
        Setting(
            key: "metrics.token", flag: nil, standard: nil,
            meaning: "Bearer token for `/metrics`; without it only this machine may read them", isSecret: true),
        Setting(
            key: "log.level", flag: "--log", standard: "notice",
            meaning: "How much to log: trace, debug, info, notice, warning, error, critical"),
        Setting(key: "log.format", flag: "--log-format", standard: "text", meaning: "`text` or `json`, a line each"),
        Setting(
            key: "log.to", flag: "--log-to", standard: nil,
            meaning: "Log server that gets every line too: `syslog+tls:HOST:PORT`, or `syslog:HOST:PORT` without TLS"),
        Setting(key: "log.ca", flag: nil, standard: nil, meaning: "File of certificates to trust for the log server"),
        Setting(
            key: "stop.seconds", flag: nil, standard: "20",
            meaning: "How long a stop waits for requests under way before it ends them"),
        Setting(
            key: "retention.words.days", flag: nil, standard: nil,
            meaning: "Erase people's own words (answers, names given with them) so many days after they were given"),
        Setting(
            key: "retention.contacts.days", flag: nil, standard: nil,
            meaning: "Erase a person's name and contacts so many days after the journey's end"),
        Setting(
            key: "retention.messages.days", flag: nil, standard: nil,
            meaning: "Erase messages so many days after they were sent or given up"),
        Setting(
            key: "retention.record.months", flag: nil, standard: nil,
            meaning: "Drop whole months of the record after so many months (PostgreSQL)"),
        Setting(
            key: "retention.hour", flag: nil, standard: "3",
            meaning: "Hour of the day, in the site's zone, at which the schedule runs"),
        Setting(
            key: "feed.lag.seconds", flag: nil, standard: "60",
            meaning: "How long an event may wait for the analytics server"),
        Setting(
            key: "feed.lag.minutes", flag: nil, standard: "4",
            meaning: "How long it may be later than that before it is an alarm"),
        Setting(
            key: "vault.key", flag: nil, standard: "`vault.key` in the data folder",
            meaning: "64 hexadecimal digits: the key personal words are sealed with", isSecret: true, inFile: false),
        Setting(
            key: "site.key", flag: nil, standard: "`site.key` in the data folder",
            meaning: "64 hexadecimal digits: signs forms and codes; the same on every node", isSecret: true,
            inFile: false),
    ]
}
