// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A build in which everybody sees the customers they brought in themselves, to try that nothing forgets to ask.
let narrowed: [SwiftSetting] = Context.environment["GUANXI_NARROWED"] == nil ? [] : [.define("NARROWED_ACCESS")]

let package = Package(
  name: "guanxi",
  products: [
    .executable(name: "guanxi", targets: ["guanxi"]),
    .library(name: "Analytics", targets: ["Analytics"]),
    // For Fuzzing, which is a package of its own.
    .library(name: "Workings", targets: ["App", "TestKit"]),
  ],
  dependencies: [
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: ["FullFoundation"]),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
  ],
  targets: [
    .executableTarget(
      name: "guanxi",
      dependencies: ["App", "CMalloc", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .target(
      name: "App", dependencies: ["Web", "Analytics", "Store", "CArgon2", "CAssets", "CExpat", "CXlsx", "CZip"],
      swiftSettings: strict + narrowed),
    .target(
      name: "Web",
      dependencies: [
        "CAssets", "CCrypto", "CPoolWatch", "CZlib",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Assets"],
      swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "CAssets", "CPageSums", "CPostgres",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Search/pinyin.txt", "Search/pinyin-words.txt"],
      swiftSettings: strict),
    .target(name: "Analytics", swiftSettings: strict),
    .target(
      name: "TestKit",
      dependencies: [
        "App", "Web", "Store",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      swiftSettings: strict),

    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CPoolWatch"),
    .target(name: "CPageSums", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CAssets", exclude: ["assets.inc", "vendor"]),

    .testTarget(name: "AnalyticsTests", dependencies: ["Analytics"], swiftSettings: strict),
    .testTarget(name: "StoreTests", dependencies: ["TestKit"], swiftSettings: strict),
    .testTarget(name: "WebTests", dependencies: ["TestKit"], swiftSettings: strict),
    .testTarget(
      name: "AppTests", dependencies: ["TestKit"], exclude: ["Access/routes.txt"],
      swiftSettings: strict + narrowed),
  ],
  swiftLanguageModes: [.v6]
)
