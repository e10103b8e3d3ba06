using System.Runtime.InteropServices;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>
/// The rows of one request (DECISIONS 11 to 14): what the store holds already is a duplicate, the rest gets the next sequences of its
/// attribute if the caller's head is still the store's.
/// </summary>
internal sealed class SqliteAppend(AppendRequest request, CancellationToken cancellationToken) : StoreWork<AppendResult>(cancellationToken)
{
    public override int Weight => request.Items.Length;

    protected override AppendResult Run(SqliteSession session)
    {
        var positions = SqlitePositions.Of(session, request.Tenant, request.EdgeId, request.EdgeEpoch);
        var attributes = new List<AttributeState>(1);
        var outcomes = new AppendedItem[request.Items.Length];
        var conflict = false;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var item = request.Items[i];
            var attribute = Attribute(session, attributes, item.Attribute);
            outcomes[i] = attribute.Conflict ? Refuse(session, positions, attribute, item) : Insert(session, positions, attribute, item);
            conflict |= outcomes[i].Outcome == ReportOutcome.Repeat;
        }

        foreach (var attribute in attributes)
        {
            if (attribute.Sequence != attribute.StoredSequence)
            {
                SqliteHeads.Move(session, attribute);
            }
        }

        return new AppendResult(ImmutableCollectionsMarshal.AsImmutableArray(outcomes), conflict);
    }

    private AttributeState Attribute(SqliteSession session, List<AttributeState> attributes, string name)
    {
        foreach (var known in attributes)
        {
            if (known.Attribute == name)
            {
                return known;
            }
        }

        var attribute = SqliteHeads.Find(session, request.Tenant, request.ServiceId, name);
        attribute.Conflict = attribute.StoredSequence != AttributeState.Expected(request, name);
        attributes.Add(attribute);
        return attribute;
    }

    private AppendedItem Insert(SqliteSession session, SqlitePositions positions, AttributeState attribute, ReportItem item)
    {
        if (!positions.TryAdd(session, item.EdgeSequence))
        {
            return new AppendedItem(ReportOutcome.Duplicate, 0, false);
        }

        if (attribute.HeadId == 0)
        {
            attribute.HeadId = SqliteHeads.Add(session, request.Tenant, request.ServiceId, attribute.Attribute);
        }

        // The position stays noted: this very item is settled, the edge need not send it again.
        if (!item.Identity.IsEmpty && !SqliteIdentities.TryAdd(session, attribute.HeadId, item.Identity.Span))
        {
            return new AppendedItem(ReportOutcome.Duplicate, 0, false);
        }

        var taken = attribute.Take(item, request.EdgeId);
        session.Prepare(
            """
            INSERT INTO measurement (head, sequence, measured_at, received_at, stamped, battery, quantities, continuous)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
            .Bind(1, attribute.HeadId).Bind(2, taken.Sequence).Bind(3, item.MeasuredAt).Bind(4, item.ReceivedAt).Bind(5, item.Stamped)
            .Bind(6, item.BatteryLevel.Span).Bind(7, item.Quantities.Span).Bind(8, item.Continuous).Run();
        return taken;
    }

    // Nothing is written for an item that has to come again, but what is durable already need not come.
    private static AppendedItem Refuse(SqliteSession session, SqlitePositions positions, AttributeState attribute, ReportItem item)
    {
        var known = positions.Contains(session, item.EdgeSequence)
            || (!item.Identity.IsEmpty && SqliteIdentities.Contains(session, attribute.HeadId, item.Identity.Span));
        return new AppendedItem(known ? ReportOutcome.Duplicate : ReportOutcome.Repeat, 0, false);
    }
}
