// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A layer of the product: a target and, beside it, its test target.
func layer(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(name)", resources: resources,
        swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let numerics = Target.Dependency.product(name: "Numerics", package: "swift-numerics")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")

let package = Package(
    name: "throughline",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "throughline", targets: ["throughline"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.81.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.24.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CArgon2", path: "Sources/CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CPostgres", path: "Sources/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CQRencode", path: "Sources/CQRencode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CSQLiteSetup", path: "Sources/CSQLiteSetup", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        layer("Experience", []),
        layer("Statistics", [numerics]),
        layer("JourneyEngine", []),
        layer("Formats", ["Experience", "JourneyEngine", "CZlib", yams]),
        layer("Channels", ["Experience", "Formats", crypto]),
        layer("Storage", ["Experience", grdb, sqlite, crypto, collections, "CArgon2", "CPostgres", "CSQLiteSetup"]),
        layer("Analyses", ["Experience", "Statistics", "JourneyEngine", algorithms, collections]),
        layer("Analytics", ["Experience", "JourneyEngine", "Analyses", httpClient, nio, nioHTTP]),
        layer(
            "Site",
            [
                "Experience", "Analyses", "Channels", "Storage", hummingbird, mustache, logging, metrics, crypto,
                lifecycle, "CQRencode",
            ]),
        layer(
            "Commands",
            [
                "Experience", "Statistics", "JourneyEngine", "Formats", "Channels", "Storage", "Analyses", "Analytics",
                "Site",
                argumentParser, logging, metrics, lifecycle, configuration, system, crypto, hummingbird,
                hummingbirdTLS, nio, nioPosix, "CCurl",
            ]),
        .executableTarget(
            name: "throughline", dependencies: ["Commands"], path: "Sources/throughline", swiftSettings: settings),

        tests("Experience", ["Experience"]),
        tests("Statistics", ["Statistics"]),
        tests("JourneyEngine", ["JourneyEngine"]),
        tests("Formats", ["Formats", "Experience", "JourneyEngine"]),
        tests("Channels", ["Channels", "Experience"]),
        tests("Storage", ["Storage", "Experience", grdb]),
        tests("Analyses", ["Analyses", "Experience", "Statistics", "JourneyEngine", "Formats"]),
        tests("Analytics", ["Analytics", "JourneyEngine"]),
        tests("Site", ["Site", "Channels", "Experience", crypto, hummingbird, hummingbirdTesting, logging]),
        tests(
            "Commands",
            [
                "Commands", "Experience", "Statistics", "Formats", "Storage", "Analyses", "Analytics", "Site", crypto,
                logging,
            ]),
    ]
)
