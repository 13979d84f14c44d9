"""People: names, titles, departments, and English first names."""

SURNAMES = """
王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕
丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃
""".split()
RARE_SURNAMES = "欧阳 上官 司马 诸葛 夏侯 尉迟 单 仇 解 查 区 盖 缪 翟 冼 卜 宓 麦 植 阮 农 蒙".split()
COMMON_GIVEN = "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 涛 明 超 秀英 霞 平 刚 桂英 建华 辉 玲 建国 志强 婷 鹏 斌 波 飞 红 梅 燕 宁 健 海燕 建军".split()
GIVEN = """
若溪 子涵 浩然 雨桐 欣怡 一凡 晨曦 静怡 嘉豪 倩文 国栋 丽华 俊杰 梓轩 思远 晓明 晓东 文博 志远 建平 国强 海涛 春燕 雪梅 秋月 冬梅 小红 永强
立新 德明 振华 宏伟 光辉 世杰 伟民 家豪 佩琪 雅婷 慧敏 淑芬 玉兰 凤英 金凤 银花 长江 大海 卫东 卫国 红军 跃进 援朝 新民 爱国 爱华 学军 学文
向东 向阳 继红 继伟 耀华 耀东 绍辉 绍文 启航 启明 泽宇 泽民 润东 天佑 天宇 鸿飞 鸿运 景行 景天 乐山 乐天 清源 清扬 书豪 书文 诗涵 诗雨 梦琪
可欣 可儿 佳怡 佳慧 文静 文慧 少华 少华 亚楠 亚男 晓燕 晓丽 晓峰 晓波 海波 海洋 海峰 建峰 建波 国庆 国华 国平 志刚 志伟 志勇 志明 永刚 永平
""".split()
ENGLISH_MALE = "Jack David Kevin Tony Michael Peter Jason Eric Allen Leo Ryan Andy Frank Steven Vincent Henry Sam Tom Mike James".split()
ENGLISH_FEMALE = "Lucy Amy Linda Grace Cindy Helen Jenny Sophie Vivian Tina Emily Joyce Fiona Susan Alice Nancy Lily Cathy Winnie Iris".split()
# Title, department, and how a Wang with this title is addressed behind the surname.
_POSTS = """
总经理 总经办 总 · 董事长 总经办 董 · 副总经理 总经办 总 · 销售总监 销售部 总监 · 销售经理 销售部 经理 · 采购经理 采购部 经理 · 采购主管 采购部 主管
财务经理 财务部 经理 · 会计 财务部 会计 · 工程师 技术部 工 · 技术总监 技术部 总监 · 厂长 生产部 厂长 · 办公室主任 办公室 主任 · 人事经理 人事部 经理
业务员 销售部 · 采购员 采购部 · 店长 门店 店长 · 助理 总经办 · 项目经理 工程部 经理 · 生产经理 生产部 经理
"""
_posts = [post.split() for post in _POSTS.replace("\n", "·").split("·") if post.strip()]
TITLES = {title: "".join(address) for title, _department, *address in _posts}
DEPARTMENTS = {title: department for title, department, *_address in _posts}
MAIL_HOSTS = {"qq.com": 40, "163.com": 30, "126.com": 10, "gmail.com": 3, "hotmail.com": 2, "sina.com": 5, "foxmail.com": 5, "139.com": 3, "outlook.com": 2}
