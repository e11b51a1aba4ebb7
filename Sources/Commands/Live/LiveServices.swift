internal import Analyses
internal import Analytics
internal import Crypto
internal import Experience
internal import Formats
internal import Foundation
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Site
internal import Statistics
internal import Storage
internal import UnixSignals

/// The one place where live parts are joined: the record, the catalogue of services, the snapshots that follow the
/// record, and the site on top.
struct LiveServices: Sendable {
    let record: Record
    let calendars: CalendarFolder
    let catalogue: LiveCatalogue
    let keeper: SnapshotKeeper
    let hub: ResponseHub
    let tally: WallTally
    let wall: LiveWall
    let quotes: QuoteKeeper
    let answers: AnswerKeeper
    let followUps: FollowUpKeeper
    let forms: LiveForms
    let settings: ServeSettings
    let dataFolder: String
    let logger: Logger
    var operations: LiveOperations
    /// Nil where lines go to standard error only.
    var shipper: LogShipper?
    /// Where analyses beyond memory are answered, and what is fed for it; nil where none is.
    var analytics: AnalyticsAddress? {
        didSet {
            operations.feed = analytics.map {
                FeedWatch($0, record: record, alarm: settings.feedLag.alarm, now: { .now }, logger: logger)
            }
        }
    }
    /// Names this process in the leases of what is sent.
    let node = UUID().uuidString

    static func open(
        data: DataPlace, place: ServicesPlace, settings: ServeSettings, registry: MetricsRegistry, logger: Logger
    ) async throws -> LiveServices {
        let folders = [
            ServiceFolder(path: try place.folder(), forms: try place.formFolder()), ServiceFolder(path: data.services),
        ]
        let calendars = data.calendars
        let catalogue = LiveCatalogue(folders: folders, calendars: calendars.current, today: CivilDate(utc: .now))
        for finding in catalogue.findings { logger.warning("\(finding)") }
        let rules = ViewRules(
            definition: { _, service in catalogue.current[service] }, calendars: { calendars.current })
        let record = try await data.open(rules: rules, observe: LiveOperations.count(registry))
        // A disk that can only be read would let us start and then refuse whatever people send. A record on PostgreSQL
        // needs no folder it may write to where the keys come from the environment.
        if case .sqlite(let folder) = try await data.address(), !FileManager.default.isWritableFile(atPath: folder) {
            await record.close()
            throw CommandFailure.unavailable(
                "\(folder) can only be read; make it writable for this account, or name another with "
                    + "\(folder == data.folder ? "--data" : "--database").")
        }
        let hub = ResponseHub()
        let forms = LiveForms(
            record: record, catalogue: catalogue, ready: try place.formFolder(),
            today: LiveServices.today(in: settings.zone), logger: logger)
        let answers = AnswerKeeper(form: { forms.form($0, $1, version: $2) })
        let followUps = FollowUpKeeper(record: record, now: { .now }, logger: logger)
        let tally = WallTally(now: { .now }, day: settings.dayNumber)
        let keeper = SnapshotKeeper(
            record: record, catalogue: { forms.current },
            observe: {
                answers.observe($0)
                followUps.observe($0)
                hub.publish($0)
                tally.take($0)
            }, logger: logger)
        let quotes = QuoteKeeper(
            definitions: { forms.definitions() }, snapshot: { keeper.snapshot($0) },
            calendars: { calendars.current }, now: { .now }, logger: logger)
        var operations = LiveOperations(
            record: record, dataFolder: data.folder, registry: registry, snapshotSequence: { keeper.sequence },
            now: { .now })
        if settings.mail != nil { operations.carried.insert(.mails) }
        if settings.sms != nil { operations.carried.insert(.texts) }
        return LiveServices(
            record: record, calendars: calendars, catalogue: catalogue, keeper: keeper, hub: hub, tally: tally,
            wall: LiveWall(record: record, tally: tally) { forms.isComment($1, of: $0) },
            quotes: quotes, answers: answers, followUps: followUps, forms: forms, settings: settings,
            dataFolder: data.folder, logger: logger, operations: operations)
    }

    /// Serves until told to stop. Whoever opened the record closes it.
    func run() async throws {
        let library = try templates()
        let site = try makeSite(library, isSimulated: try await isSimulated())
        try await forms.refresh()
        try await keeper.fill()
        try await answers.fill(record)
        try await held.refresh()
        try await tally.fill(record, forms.definitions())
        try await followUps.fill(forms.definitions())
        let announcement = try await announcement()
        try await operations.look()
        let app = Application(
            responder: site.router().buildResponder(),
            server: try settings.tls?.server(.http1(configuration: ConnectionLimits.http1))
                ?? .http1(configuration: ConnectionLimits.http1),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024,
                reuseAddress: true, availableConnectionsDelegate: ConnectionLimits.available(logger)),
            services: try followers(library),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                announcement(port)
            }, logger: logger)
        do {
            try await ServiceGroup(configuration: stopping([app])).run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CommandFailure.unavailable(
                "port \(settings.port) is taken by another program; choose another with --port.")
        }
    }

    /// On SIGTERM or SIGINT no more requests are taken, those under way are answered, and work beside the pages ends
    /// where it is safe to; whatever is not done by then is ended.
    /// Lines are sent to the log server until the rest has stopped.
    private func stopping(_ services: [any Service]) -> ServiceGroupConfiguration {
        var configuration = ServiceGroupConfiguration(
            services: (shipper.map { [$0] } ?? []) + services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(settings.stopSeconds)
        return configuration
    }

    /// Where people find the site, for links in messages.
    private var base: String { settings.publicURL ?? "\(scheme)://\(settings.host):\(settings.port)" }

    private var scheme: String { settings.tls == nil ? "http" : "https" }

    private var requests: LiveRequests {
        get throws {
            let key = try SecretFile(path: dataFolder + "/site.key").readOrCreate()
            return LiveRequests(
                record: record, catalogue: { [forms] in forms.current },
                calendars: { [calendars] in calendars.current },
                quotes: { [quotes] in quotes.quote($0, $1) }, now: { .now },
                codeKey: SymmetricKey(data: Array("tracking".utf8) + key))
        }
    }

    private var suppliers: LiveSuppliers {
        LiveSuppliers(
            record: record, snapshot: { [keeper] in keeper.snapshot($0) },
            definitions: { [forms] in forms.definitions() }, calendars: { [calendars] in calendars.current },
            now: { .now }, today: LiveServices.today(in: settings.zone), base: base, lines: RecordLineCache())
    }

    private var held: HeldAnswers {
        HeldAnswers(
            record: record, answers: answers, services: { [forms] in forms.definitions() }, logger: logger)
    }

    /// What runs beside the pages.
    private func followers(_ library: TemplateLibrary) throws -> [any Service] {
        let (requests, base, zone) = (try requests, base, settings.zone)
        let watch = PromiseWatch(
            record: record, definitions: { [forms] in forms.definitions() },
            snapshot: { [keeper] in keeper.snapshot($0) }, model: { [quotes] in quotes.model($0) },
            calendars: { [calendars] in calendars.current }, now: { .now },
            trackingLink: { await requests.trackingLink($0, base: base) },
            format: { library.format($0, zone: zone) }, logger: logger)
        var all: [any Service] = [
            operations, keeper, quotes, followUps, wall, watch, CatalogueWatcher(catalogue: catalogue, logger: logger),
            FormWatcher(forms: forms, logger: logger),
            CalendarWatch(folder: calendars, record: record, logger: logger), held,
            IntakeKeeper(
                record: record, services: { [forms] in forms.definitions() }, now: { .now }, logger: logger),
        ]
        all.append(
            RetentionKeeper(
                record: record, schedule: RetentionSchedule(settings: settings.retention), clock: settings.localHour,
                now: { .now }, logger: logger))
        all.append(
            try WebhookSender(
                record: record, allowsPrivate: settings.webhooksPrivate, owner: node, now: { .now }, logger: logger))
        if let analytics {
            let feeder = AnalyticsFeeder(
                record: record, client: ClickHouseClient(analytics), owner: node, now: { .now },
                form: { [forms] in forms.form($0, $1, version: $2) })
            all.append(AnalyticsFollower(feeder: feeder, logger: logger))
        }
        if !settings.reviews.isEmpty {
            all.append(
                ReviewPoller(
                    record: record, sources: settings.reviews,
                    services: { [forms] in forms.definitions() }, logger: logger))
        }
        let mails = settings.mail == nil ? nil : settings.publicURL
        if mails != nil || settings.sms != nil {
            all.append(
                InvitationSender(
                    record: record, services: { [forms] in forms.definitions() },
                    publicURL: mails.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 },
                    sendsTexts: settings.sms != nil, zone: zone, now: { .now }, logger: logger))
        }
        if settings.mail != nil {
            let suppliers = suppliers
            all.append(
                SupplierCardSender(
                    definitions: { [forms] in forms.definitions() }, today: LiveServices.today(in: settings.zone),
                    send: { try await suppliers.send($0, $1, "system") }, logger: logger))
        }
        if settings.mail != nil || settings.sms != nil {
            all.append(
                try OutboxSender(
                    record: record, settings: settings.mail, sms: try settings.sms?.provider(), owner: node,
                    now: { .now }, logger: logger))
        }
        return all
    }

    /// A record that holds simulated events says so on every page.
    private func isSimulated() async throws -> Bool {
        let first = try await record.tail(after: 0, limit: 1).first
        return first?.event.attributes["simulated"] == .boolean(true)
    }

    private func announcement() async throws -> @Sendable (Int) -> Void {
        let link = try await record.accounts.firstAdministratorLink()
        let (host, url, scheme) = (settings.host, settings.publicURL, scheme)
        return { port in
            let base = url ?? "\(scheme)://\(host):\(port)"
            var lines = ["Throughline is at \(base)/"]
            if let link {
                lines.append("There is no administrator yet. Set one up within a day, once, at")
                lines.append("  \(base)\(Paths.Staff.setUp(link))")
            } else {
                lines.append("Staff sign in at \(base)\(Paths.Staff.signIn)")
            }
            print(lines.joined(separator: "\n"))
            fflush(nil)
        }
    }

    private func templates() throws -> TemplateLibrary {
        do {
            return try TemplateLibrary(directory: try TemplateLibrary.locate(configured: settings.templates))
        } catch {
            throw CommandFailure.unavailable("\(error)")
        }
    }

    /// The day it is in a zone.
    private static func today(in zone: String) -> @Sendable () -> CivilDate {
        let zone = TimeZone(identifier: zone)
        return {
            let at = Instant.now
            let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at.microseconds) / 1e6)) ?? 0
            return CivilDate(utc: at.advanced(by: Int64(offset) * 1_000_000))
        }
    }

    private func makeSite(_ library: TemplateLibrary, isSimulated: Bool) throws -> Site {
        let key = try SecretFile(path: dataFolder + "/site.key").readOrCreate()
        var configuration = SiteConfiguration(
            name: .init(en: settings.nameEN, es: settings.nameES), isSecure: settings.isSecure, zone: settings.zone,
            isSimulated: isSimulated, formKey: key, addressHeader: settings.addressHeader)
        configuration.publicURL = settings.publicURL
        configuration.floodFloor = settings.floodFloor
        configuration.widgetOrigins = settings.widgetOrigins
        configuration.telephoneToken = settings.telephoneToken
        configuration.metricsToken = settings.metricsToken
        return Site(configuration: configuration, services: try services(), library: library)
    }

    private func services() throws -> Services {
        let now: @Sendable () -> Instant = { .now }
        let themes =
            (try? TemplateLibrary.locate(configured: settings.templates).path).map { "\($0)/themes.yaml" } ?? ""
        let (keeper, record, answers) = (keeper, record, answers)
        let calendars: @Sendable () -> CalendarSet = { [calendars] in calendars.current }
        let today = LiveServices.today(in: settings.zone)
        let forms = forms
        let keys = KnownKeys()
        let requests = try requests
        let base = base
        let promises = LivePromises(
            record: record, snapshot: { keeper.snapshot($0) }, model: { [quotes] in quotes.model($0) },
            calendars: calendars, now: now, trackingLink: { await requests.trackingLink($0, base: base) },
            canSend: settings.mail != nil, quoted: { [quotes] in quotes.quoted($0, $1) })
        let facts = PublishedFacts(snapshot: { keeper.snapshot($0) }, now: now, today: today)
        let staff = StaffReports(
            record: record, snapshot: { keeper.snapshot($0) }, definitions: { forms.definitions() },
            calendars: calendars, now: now, hub: hub,
            journeysOf: { answers[$0].journeys(of: AnswerSelection($1, answers[$0])) },
            form: { forms.form($0, $1, version: $2) })
        let channels = LiveChannels(
            record: record, now: now, today: today, wall: wall)
        let freshID: @Sendable () -> String = {
            var source = SystemRandomNumberGenerator()
            return TimeOrderedID(at: now(), using: &source).description
        }
        let telephone = LiveTelephone(
            record: record, services: { forms.definitions() }, now: now,
            freshID: freshID)
        let notice = SignInNotice(
            record: record, sends: settings.mail != nil, agency: { forms.definitions().first?.agency }, now: now,
            logger: logger)
        var services = Services(
            now: now,
            randomBytes: { count in
                var source = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
            }, logger: logger, definitions: { forms.definitions() },
            facts: { await facts.of($0) },
            requests: requests.desk,
            feedback: .live(record, keys: keys, now: now),
            access: .live(record, rule: settings.secondFactor, notice: notice, leaked: settings.leaked),
            staff: staff.desk,
            intake: .live(record, keys: keys),
            reports: LiveReports(
                record: record, answers: answers, snapshot: { keeper.snapshot($0) },
                definitions: { forms.definitions() }, zone: settings.zone, now: now,
                themes: ThemeReader(record: record, path: themes)
            ).desk, followUps: .live(record, baseURL: settings.publicURL, now: now),
            promises: promises.desk, suppliers: suppliers.desk,
            channels: channels.desk(telephone.desk))
        services.own = .live(record, notice: notice)
        services.unsent = forms.unsent
        services.forms = forms.desk
        services.operations = operations.desk
        services.scan = settings.scanner.map { address in FileScan { await ClamdClient(address).verdict(on: $0) } }
        services.retention = .live(record, RetentionSchedule(settings: settings.retention), now: now)
        services.webhooks =
            LiveWebhooks(
                record: record, carrier: try WebhookCarrier(allowsPrivate: settings.webhooksPrivate),
                allowsPrivate: settings.webhooksPrivate, now: now,
                freshID: freshID
            ).desk
        services.answers =
            LiveAnswers(
                record: record, answers: answers, form: { forms.form($0, $1, version: $2) }, now: now
            ).desk
        return services
    }
}
