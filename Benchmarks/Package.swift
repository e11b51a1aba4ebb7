// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The product's sources are seen through links, so that benchmarks use what the product uses, at package access.
let package = Package(
    name: "throughline-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Experience", swiftSettings: settings),
        .target(name: "JourneyEngine", swiftSettings: settings),
        .target(
            name: "Formats",
            dependencies: ["Experience", "JourneyEngine", "CZlib", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .executableTarget(
            name: "journey-bench", dependencies: ["JourneyEngine", "Formats"], swiftSettings: settings),
    ]
)
