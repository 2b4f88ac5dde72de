# 工单的诉求点:增加、放弃、编码、重新编码。
case-event-point-coded = 已编码:{ $what }
case-event-point-coded-twice = 已由另一人再次编码
case-event-point-added = 增加诉求点:{ $what }
case-event-point-dropped = 放弃诉求点:{ $what }
refused-point-known = 本工单已有这个诉求点。
refused-last-standing-point = 不能放弃最后一个诉求点。如不再投诉,请登记撤回。
refused-already-coded = 该诉求点已有类别。如需更改,请重新编码并说明原因。
refused-nothing-changed = 没有任何变化:请选择与现有不同的编码。
