/// Names as people in China have them.
enum PersonNames {
  /// Weights are about the share per 1,000 of the population.
  private static let surnames = Weighted(
    runs: [
      (72, "王李"), (68, "张"), (54, "刘"), (45, "陈"), (31, "杨"), (22, "赵黄周吴"), (16, "徐孙"),
      (12, "胡朱高林何郭马"), (9, "罗梁宋郑谢"), (7, "韩唐冯于董萧程曹"), (5, "袁邓许傅沈曾彭吕"),
      (4, "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"), (3, "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"),
      (2, "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"), (1, "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向"),
    ])
  private static let doubleSurnames = ["欧阳", "上官", "诸葛", "司徒", "夏侯"]

  private static let male = Weighted(
    runs: [(5, "伟强磊军勇杰涛明超"), (4, "刚平辉鹏华飞鑫波斌宇浩凯"), (3, "健俊帆峰毅林东旭晨阳博")])
  private static let female = Weighted(
    runs: [(5, "芳娜敏静丽艳娟霞"), (4, "玲婷雪慧莉洁琳颖悦倩"), (3, "欣怡萍红梅琴瑶薇蕾丹")])
  private static let maleFirst = Weighted(
    runs: [(5, "志建国文"), (4, "子俊家永海天"), (3, "宇晓振德正少明嘉浩"), (2, "思泽承启云立世")])
  private static let femaleFirst = Weighted(
    runs: [(5, "晓雅秀小"), (4, "美玉春思梦"), (3, "淑佳诗雨婉紫"), (2, "若语安云静海")])

  static func surname(_ chance: inout Chance) -> String {
    chance.happens(0.003) ? chance.pick(doubleSurnames) : surnames.pick(&chance)
  }

  static func full(_ chance: inout Chance) -> String {
    let surname = surname(&chance)
    let isMale = chance.happens(0.51)
    let last = (isMale ? male : female).pick(&chance)
    guard chance.happens(0.72) else { return surname + last }
    let first = (isMale ? maleFirst : femaleFirst).pick(&chance)
    return surname + first + (first == last ? "然" : last)
  }
}
