// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The product's statistics are seen through a link, so that they are measured at package access, as the product uses them.
let package = Package(
    name: "throughline-statistics-bench",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-numerics", from: "1.1.1")],
    targets: [
        .target(
            name: "Statistics", dependencies: [.product(name: "Numerics", package: "swift-numerics")],
            exclude: ["Statistics.docc"], swiftSettings: settings),
        .executableTarget(name: "statistics-bench", dependencies: ["Statistics"], swiftSettings: settings),
    ]
)
