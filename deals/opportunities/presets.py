"""The stages and the reasons for loss that a new house starts with; an administrator may change all of it."""

# code, Chinese, English, kind, probability in %, longest stay in days
STAGES = (
    ("need", "需求确认", "Needs confirmed", "open", 20, 10),
    ("demo", "产品演示", "Product demo", "open", 35, 10),
    ("quote", "方案报价", "Proposal and quote", "open", 50, 10),
    ("test", "客户测试", "Customer trial", "open", 65, 10),
    ("negotiation", "商务谈判", "Negotiation", "open", 80, 10),
    ("pending_order", "待下单", "Order pending", "pending_order", 95, 10),
    ("won", "赢单", "Won", "won", 100, 0),
    ("lost", "输单", "Lost", "lost", 0, 0),
    ("void", "作废", "Void", "void", 0, 0),
)

# code, Chinese, English, and what belongs to it
LOST_REASONS = (
    ("price", "价格", "Price", (
        ("price_budget", "超出预算", "Over budget"),
        ("price_cheaper", "对手更便宜", "A competitor was cheaper"),
        ("price_terms", "付款条件谈不拢", "No agreement on payment terms"),
    )),
    ("product", "产品", "Product", (
        ("product_missing", "缺少必需的功能", "A needed feature is missing"),
        ("product_trial", "测试没有通过", "The trial failed"),
        ("product_delivery", "交付时间来不及", "Delivery too late"),
    )),
    ("customer", "客户", "Customer", (
        ("customer_cancelled", "项目取消", "Project cancelled"),
        ("customer_postponed", "项目搁置", "Project put off"),
        ("customer_person", "决策人变动", "The decision maker changed"),
        ("customer_inhouse", "客户自行解决", "Solved in house"),
    )),
    ("competition", "竞争", "Competition", (
        ("competition_relation", "对手关系更深", "A competitor was closer to the customer"),
        ("competition_incumbent", "沿用原供应商", "Stayed with the present supplier"),
        ("competition_brand", "更看重对手品牌", "Preferred the competitor's brand"),
    )),
    ("ourselves", "我方", "Ourselves", (
        ("ourselves_slow", "响应太慢", "We were too slow"),
        ("ourselves_service", "对服务不满意", "Not content with our service"),
    )),
    ("other", "其他", "Other", (("other_other", "其他原因", "Another reason"),)),
)  # fmt: skip


def install(stage_model, reason_model) -> None:
    """Add the stages and reasons that are missing; what is there stays as it is."""
    for position, (code, name, name_en, kind, probability, days) in enumerate(STAGES, start=1):
        stage_model.objects.get_or_create(code=code, defaults={
            "name": name, "name_en": name_en, "kind": kind, "probability": probability, "max_days": days, "position": position,
        })  # fmt: skip
    for position, (code, name, name_en, below) in enumerate(LOST_REASONS, start=1):
        parent = _reason(reason_model, code, name, name_en, position)
        for place, child in enumerate(below, start=1):
            _reason(reason_model, *child, place, parent)


def _reason(model, code, name, name_en, position, parent=None):
    defaults = {"name": name, "name_en": name_en, "position": position, "parent": parent}
    return model.objects.get_or_create(code=code, defaults=defaults)[0]
