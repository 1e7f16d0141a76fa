// MERGE-B
enum LostDigits { static func areIn(_ text: String) -> Bool { text.contains("E+") } }
enum OutsideID { static func normal(_ text: String) -> String { text } }
