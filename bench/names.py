"""Pieces of Chinese company names with their pinyin, so that a million names cost no million calls."""

import random
import secrets

from crm.core.text import initials, pinyin_key

PLACES = "北京 上海 广州 深圳 苏州 杭州 宁波 温州 南京 无锡 常州 合肥 武汉 长沙 成都 重庆 西安 青岛 济南 厦门 福州 泉州 佛山 东莞 珠海 天津 大连 沈阳 郑州 昆明".split()
FIRST = "恒 立 华 远 东 方 金 银 海 天 星 辰 信 诚 博 瑞 康 泰 盛 达 鑫 源 宏 伟 嘉 禾 永 兴 正 德 明 阳 新 世 纪 中 科 凯 旋 润".split()
SECOND = "达 力 创 通 联 宇 丰 茂 业 邦 腾 飞 翔 捷 顺 和 美 佳 优 品 隆 昌 荣 光 辉 智 云 图 锐 驰 峰 岭 川 泽 林 森 木 石 玉 宝".split()
THIRD = "精密 自动化 电子 机械 仓储 物流 食品 陶瓷 医疗 器械 新材料 纺织 阀门 船舶 机电 化工 包装 照明 能源 环保 软件 网络 建材 家居 服饰".split()
FORMS = "有限公司 有限责任公司 股份有限公司 集团有限公司 科技有限公司 贸易有限公司".split()
SURNAMES = "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹".split()
GIVEN = "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 建华 文 辉 玲 建国 志强 若溪 子涵 浩然 雨桐 欣怡 一凡 晨 静怡 嘉 倩 国栋 丽华".split()

# Everything random is drawn from here, so that two machines build the same firm.
SEED = 20261122


def unheard_of():
    """Eight letters that no name holds yet; no digits, for so many of them in a name are taken for a telephone number."""
    return "".join(secrets.choice("bcdfghjklm") for _letter in range(8))


def pieces(words):
    """For each word: the word, its syllables as they are sorted, and its initials."""
    return [words, [pinyin_key(word) for word in words], [initials(word) for word in words]]


def name_arrays():
    """The arrays that the SQL of `generate` picks from: places, cores of two characters, trades, legal forms."""
    rng = random.Random(SEED)
    cores = sorted({a + b for a in FIRST for b in SECOND})
    rng.shuffle(cores)
    return {"place": pieces(PLACES), "core": pieces(cores), "trade": pieces(THIRD), "form": pieces(FORMS)}


def person_arrays():
    """Names of people with their pinyin."""
    people = [surname + given for surname in SURNAMES for given in GIVEN]
    return [people, [pinyin_key(name, person=True) for name in people], [initials(name, person=True) for name in people]]
