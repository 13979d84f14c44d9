"""Surnames that are read otherwise than the same characters elsewhere."""

_READINGS = """
万俟 mo qi · 尉迟 yu chi · 单于 chan yu · 长孙 zhang sun · 澹台 tan tai · 鲜于 xian yu · 呼延 hu yan
令狐 ling hu · 宿勤 su qin · 黑齿 hei chi · 皇甫 huang fu · 夏侯 xia hou · 公孙 gong sun · 乐正 yue zheng
钟离 zhong li · 中行 zhong hang · 单 shan · 曾 zeng · 仇 qiu · 解 xie · 朴 piao · 查 zha · 区 ou · 盖 ge
缪 miao · 翟 zhai · 乐 yue · 员 yun · 种 chong · 谌 chen · 冼 xian · 折 she · 祭 zhai · 隗 wei · 覃 qin
逄 pang · 秘 bi · 繁 po · 牟 mou · 么 yao · 幺 yao · 句 gou · 阚 kan · 召 shao · 宓 mi · 燕 yan · 应 ying
任 ren · 华 hua · 宁 ning · 葛 ge · 纪 ji · 哈 ha · 撒 sa · 乜 nie · 尉 wei · 重 chong · 强 qiang · 车 che
过 guo · 占 zhan · 角 jue · 瞿 qu · 郇 xun · 晁 chao · 沈 shen · 盛 sheng · 石 shi · 卜 bu · 俞 yu · 褚 chu
贾 jia · 曲 qu · 於 yu · 殷 yin · 柏 bai · 洗 xian · 谢 xie · 那 na · 都 du · 能 nai · 粘 nian · 无 wu · 亓 qi
郄 qie · 訾 zi · 黑 he · 夏 xia · 冯 feng · 弗 fu · 臧 zang · 藏 zang · 厘 li · 朝 chao · 行 xing · 便 pian
"""

SURNAMES = {characters: reading for entry in _READINGS.replace("\n", "·").split("·") if entry.strip() for characters, reading in [entry.strip().split(" ", 1)]}
