namespace Dwapi.Edge.Gatt;

/// <summary>
/// Joins the two consecutive indications of a body composition measurement that does not fit into one. Both repeat body fat, only
/// the first has time stamp and user, and no field comes twice.
/// </summary>
public sealed class BodyCompositionJoiner
{
    private BodyCompositionMeasurement? _first;

    /// <summary>True while the second packet is missing.</summary>
    public bool IsWaiting => _first is not null;

    /// <summary>Takes a decoded packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="whole">The whole measurement.</param>
    /// <param name="abandoned">True if a first packet without its second was given up.</param>
    /// <returns>False if the second packet is still to come.</returns>
    public bool TryJoin(in BodyCompositionMeasurement packet, out BodyCompositionMeasurement whole, out bool abandoned)
    {
        abandoned = false;
        whole = packet;
        if (!packet.MultiplePackets)
        {
            abandoned = _first is not null;
            _first = null;
            return true;
        }

        if (_first is not { } first || !Continues(first, packet))
        {
            abandoned = _first is not null;
            _first = packet;
            return false;
        }

        whole = first with
        {
            MultiplePackets = false,
            BasalMetabolism = first.BasalMetabolism ?? packet.BasalMetabolism,
            MusclePercentage = first.MusclePercentage ?? packet.MusclePercentage,
            MuscleMass = first.MuscleMass ?? packet.MuscleMass,
            FatFreeMass = first.FatFreeMass ?? packet.FatFreeMass,
            SoftLeanMass = first.SoftLeanMass ?? packet.SoftLeanMass,
            BodyWaterMass = first.BodyWaterMass ?? packet.BodyWaterMass,
            Impedance = first.Impedance ?? packet.Impedance,
            Weight = first.Weight ?? packet.Weight,
            Height = first.Height ?? packet.Height,
        };
        _first = null;
        return true;
    }

    /// <summary>Gives up a waiting first packet, for example when the link to the device is lost.</summary>
    public void Reset() => _first = null;

    private static bool Continues(in BodyCompositionMeasurement first, in BodyCompositionMeasurement next) =>
        next.BodyFat == first.BodyFat && next.Imperial == first.Imperial && next.Time is null && next.User is null
        && !(Both(first.BasalMetabolism, next.BasalMetabolism) || Both(first.MusclePercentage, next.MusclePercentage)
            || Both(first.MuscleMass, next.MuscleMass) || Both(first.FatFreeMass, next.FatFreeMass) || Both(first.SoftLeanMass, next.SoftLeanMass)
            || Both(first.BodyWaterMass, next.BodyWaterMass) || Both(first.Impedance, next.Impedance) || Both(first.Weight, next.Weight)
            || Both(first.Height, next.Height));

    private static bool Both(ushort? left, ushort? right) => left is not null && right is not null;
}
