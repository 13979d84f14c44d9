"""Characters that are taken for one another by the eye: read wrongly from a card, or by a machine from its picture."""

# Only pairs that sound different: what sounds the same is found by its sound.
_GROUPS = """
己已巳 未末 士土 日曰 人入八 天夭夫 千干于 大太犬 元无 字宇 辰晨 免兔 乌鸟 午牛 今令 贝见 田由甲申 刀力刃 王玉主 木本术 住佳往 侯候 余佘 苏芬 季李
肖尚 刘列 陈阵 洪供 沈沉 郭敦 卢户 宋宗 杜社 范苑 汪江 治冶 冷泠 冰水永 泳咏脉 戊戌戍 兵乒乓 拔拨 析折 徒徙 兢竞 晴睛 清请 暧暖 埃挨 茶荼 崇祟 栗粟 斌赋
瑞端 晓浇 晖晕 恒垣桓 宏宠 远运 诚城 晶品 昌冒 明朋 丘兵 顺须 联朕 创剑 捷健 辉挥 博搏 伟炜 嘉喜 康庚 样祥 凯剀 润涧 茂荗 银根 锐悦 铭名 珏钰 涵函 洁沽
泽择 洋样 涛筹 鸿鸣 雅稚 雨两 雪雷 霞露 静净 馨磬 骏俊 龙尤 丽严 亚业 仁仕 何河 史吏 玲冷 琳淋 瑾谨 璐露 珠株 琼凉 妍研 娟捐 婷停 婉碗 娜哪 媛缓 艳绝
茜洒 莉梨 菲匪 萍评 蓉容 蕾雷 薇徽 兰三 芳苏 芸云 英央 莹营 军车 强弹 刚钢 勇男 杰烈 浩活 海诲 波坡 洲州 淳谆 源愿 滨宾 潇萧 澄登 凡几 帆帅 帅师 平乎
志忘 忠患 思恩 怡治 悦说 慧彗 敏繁 文交 斯期 昊吴 旭旮 昕听 春舂 晋普 晟成 智知 曼漫 松怡 柏伯 栋拣 桂挂 梁粱 梅海 楠南 欣掀 武式 毅殴 民氏 炎淡 烨哗
"""
_ALIKE: dict[str, set] = {}
for _group in _GROUPS.split():
    for _one in _group:
        _ALIKE.setdefault(_one, set()).update(_group)


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are easily taken for one another by the eye."""
    return other in _ALIKE.get(one, ())
