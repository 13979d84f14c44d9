"""Trades as they stand in names of firms, with a code of their industry's look-alikes, and the legal forms."""

# What one firm's trade is also written as: nearly the same word, never another business.
TRADES = """
机械 机械设备 机电 机电设备 电子 电子科技 电器 电气 电力设备 仪器仪表 自动化 自动化设备 智能装备 精密机械 精密模具 模具 五金 五金制品 金属制品
钢结构 钢铁 铝业 铜业 不锈钢 紧固件 轴承 阀门 泵业 管业 线缆 电缆 照明 光电 半导体 集成电路 通信 通信设备 网络 网络科技 信息技术 软件 数码
计算机 人工智能 大数据 物联网 云计算 传媒 文化传播 文化传媒 广告 广告装饰 设计 装饰工程 建筑工程 建设工程 建筑装饰 园林绿化 市政工程 消防工程
建材 石材 陶瓷 玻璃 门窗 木业 家具 家居 家居用品 灯饰 卫浴 涂料 化工 化工原料 新材料 塑料 塑胶制品 橡胶 橡塑 包装 包装材料 印刷 纸业 纸制品
纺织 纺织品 服装 服饰 针织 皮具 鞋业 箱包 工艺品 礼品 玩具 日用品 化妆品 食品 食品添加剂 饮料 酒业 茶业 粮油 调味品 农业 农业科技 生态农业 种业
饲料 水产 畜牧 生物科技 生物医药 医药 医疗器械 医疗科技 健康管理 健康科技 中药材 贸易 商贸 进出口 国际贸易 供应链 供应链管理 物流 货运代理 国际货运
运输 仓储 快递 汽车 汽车零部件 汽车服务 汽车配件 新能源 新能源科技 光伏 环保 环保科技 环境工程 水处理 节能 电梯 制冷设备 空调 暖通 安防 检测
检测技术 认证 咨询 企业管理 管理咨询 企业管理咨询 商务服务 财务咨询 税务师事务所 律师事务所 知识产权 人力资源 劳务派遣 教育 教育科技 教育咨询 培训
酒店 酒店管理 餐饮 餐饮管理 旅游 国际旅行社 会展 会展服务 物业管理 房地产开发 房地产经纪 投资 投资管理 资产管理 实业 科技 科技发展 技术服务
""".split()

# Trades people write in two ways: 电子科技 ↔ 电子.
_SHORTER = """
机械设备 机械 · 机电设备 机电 · 电子科技 电子 · 网络科技 网络 · 文化传媒 传媒 · 通信设备 通信 · 五金制品 五金 · 包装材料 包装
纺织品 纺织 · 国际贸易 国贸 · 国际货运 货运 · 供应链管理 供应链 · 酒店管理 酒店 · 餐饮管理 餐饮 · 教育科技 教育 · 农业科技 农业
环保科技 环保 · 生物科技 生物 · 医疗科技 医疗 · 新能源科技 新能源 · 检测技术 检测 · 汽车零部件 汽配 · 汽车配件 汽配 · 建筑工程 建筑
信息技术 信息 · 自动化设备 自动化 · 家居用品 家居 · 货运代理 货代 · 投资管理 投资 · 会展服务 会展 · 精密机械 精机 · 化工原料 化工
管理咨询 咨询 · 企业管理咨询 企管咨询 · 医疗器械 医械
"""
SHORTER_TRADES = dict(pair.split() for pair in _SHORTER.replace("\n", "·").split("·") if pair.strip())

ENGLISH = {
    "机械": "Machinery", "机电": "Electromechanical", "电子": "Electronics", "电器": "Electric", "电气": "Electric", "仪器仪表": "Instruments",
    "自动化": "Automation", "模具": "Mould", "五金": "Hardware", "金属": "Metal", "轴承": "Bearing", "阀门": "Valve", "泵业": "Pump", "照明": "Lighting",
    "光电": "Optoelectronics", "半导体": "Semiconductor", "通信": "Communication", "网络": "Network", "信息": "Information", "软件": "Software",
    "传媒": "Media", "广告": "Advertising", "设计": "Design", "建筑": "Construction", "建材": "Building Materials", "陶瓷": "Ceramics",
    "家具": "Furniture", "家居": "Home", "化工": "Chemical", "新材料": "New Material", "塑": "Plastics", "包装": "Packaging", "印刷": "Printing",
    "纺织": "Textile", "服装": "Garment", "服饰": "Garment", "玩具": "Toys", "食品": "Food", "生物": "Biotech", "医药": "Pharma", "医疗": "Medical",
    "贸": "Trading", "供应链": "Supply Chain", "物流": "Logistics", "货运": "Freight", "汽车": "Auto", "新能源": "New Energy", "环保": "Environmental",
    "咨询": "Consulting", "教育": "Education", "酒店": "Hotel", "投资": "Investment", "科技": "Technology",
}  # fmt: skip

FORMS = {"有限公司": 70, "有限责任公司": 12, "股份有限公司": 6, "集团有限公司": 3, "（集团）有限公司": 1, "厂": 3, "商行": 2, "经营部": 2, "中心": 1}
LIMITED = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "（集团）有限公司")
