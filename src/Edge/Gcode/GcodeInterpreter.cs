using System.Collections.Immutable;
using System.Globalization;

namespace Dwapi.Edge.Gcode;

/// <summary>
/// Follows G-code as a printer would, line by line: where it moves and how hot it wants things to be. Where firmwares differ it takes the
/// reading that is the worst, or refuses. What a macro does is not seen, only that there is one.
/// </summary>
internal sealed class GcodeInterpreter
{
    private const double Inch = 25.4;
    private const int MostStates = 64;

    // In 16 bits, 65537 is 1.
    private const int MostDigits = 4;

    // Purge lines run along the rim.
    private const double Rim = 0.5;

    private readonly GcodeLimits _limits;
    private readonly GcodeAxis[] _axes;
    private readonly GcodeWords _words = new();
    private readonly GcodeUnseen _unseen = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private bool _relative;
    private double _unit = 1;
    private (int A, int B) _plane = (0, 1);
    private int? _motion;
    private long _lines;
    private long _moves;
    private GcodeFault? _fault;
    private string _detail = "";

    public GcodeInterpreter(GcodeLimits limits)
    {
        _limits = limits;

        // Purges and probes beside the bed are usual, and so are origins in the middle of it: half a bed below zero is let through.
        _axes = limits.Circular
            ? [Centred(limits.SizeX), Centred(limits.SizeY), new GcodeAxis(-limits.SizeZ / 2, limits.SizeZ, limits.SizeZ)]
            : [Cornered(limits.SizeX), Cornered(limits.SizeY), Cornered(limits.SizeZ)];
    }

    /// <summary>True once something is wrong: nothing else is to be read.</summary>
    public bool HasFault => _fault is not null;

    /// <summary>What was found.</summary>
    public GcodeFindings Findings => _fault is null && _moves == 0
        ? new(GcodeFault.NotGcode, "there is no move in it", _lines, _moves, _unseen.Names)
        : new(_fault, _detail, _lines, _moves, _unseen.Names);

    /// <summary>Runs a line, with or without its comment.</summary>
    public void Run(ReadOnlySpan<byte> line)
    {
        if (HasFault)
            return;
        _lines++;
        var code = GcodeLine.Code(line);
        if (code.IsEmpty || code[0] == '*')
            return;
        var letter = (char)(code[0] & ~0x20);
        var at = 1;
        while (at < code.Length && GcodeWords.IsBlank(code[at]))
            at++;
        if (!GcodeWords.IsLetter(code[0]))
            Unseen(code);
        else if (code.Length > 1 && (GcodeWords.IsLetter(code[1]) || code[1] == '_'))
            Extended(code);
        else if (letter is 'G' or 'M' or 'T')
            Command(letter, code, at);
        else
            Bare(letter, code);
    }

    /// <summary>What no line can be.</summary>
    public void Refuse(string why) => Fault(GcodeFault.NotGcode, $"line {_lines + 1}: {why}");

    private static GcodeAxis Cornered(double size) => new(-size / 2, size, size);

    private static GcodeAxis Centred(double size) => new(-size / 2, size / 2, size);

    private void Command(char letter, ReadOnlySpan<byte> code, int at)
    {
        var digits = GcodeLine.Digits(code[at..]);
        if (digits == 0)
        {
            if (letter != 'T')
                Unseen(code);
            return;
        }

        if (code.Slice(at, digits).TrimStart((byte)'0').Length > MostDigits)
        {
            Fault(GcodeFault.Ambiguous, $"line {_lines}: firmwares read a command with such a large number differently");
            return;
        }

        var number = int.Parse(code.Slice(at, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        at += digits;
        if (letter == 'M' && GcodeVocabulary.IsText(number))
        {
            Note(letter, number);
            return;
        }

        if (at < code.Length && code[at] == '.')
        {
            if (letter == 'G' && number is <= 5 or 20 or 21 or 28 or (>= 90 and <= 92))
            {
                Fault(GcodeFault.Ambiguous, $"line {_lines}: firmwares read {letter}{number} with a point differently");
                return;
            }

            at += 1 + GcodeLine.Digits(code[(at + 1)..]);
        }

        _words.Read(code[at..]);
        if (_words.Ambiguity is { } why)
        {
            Fault(GcodeFault.Ambiguous, $"line {_lines}: firmwares read {why} differently");
            return;
        }

        if (_words.HasExpression)
            _unseen.Add("{}");
        Note(letter, number);
        if (letter == 'G')
            General(number);
        else if (letter == 'M')
            Miscellaneous(number);
    }

    private void Note(char letter, int number)
    {
        if (!GcodeVocabulary.IsSeen(letter, number))
            _unseen.Add(string.Create(CultureInfo.InvariantCulture, stackalloc char[16], $"{letter}{number}"));
    }

    // Words alone go on with the last way of moving, where a firmware knows that.
    private void Bare(char letter, ReadOnlySpan<byte> code)
    {
        _words.Read(code);
        if (_motion is not { } motion || letter is not ('X' or 'Y' or 'Z' or 'E' or 'F' or 'I' or 'J' or 'K' or 'R'))
            Unseen(code);
        else if (_words.Ambiguity is { } why)
            Fault(GcodeFault.Ambiguous, $"line {_lines}: firmwares read {why} differently");
        else
            Move(motion);
    }

    private void General(int number)
    {
        switch (number)
        {
            case 0 or 1 or 2 or 3 or 5:
                Move(number);
                break;
            case 10:
                if (_words.Has('L'))
                    _unseen.Add("G10 L");
                Heat("nozzle", _limits.HottestNozzle, 'S', 'R');
                break;
            case 17:
                _plane = (0, 1);
                break;
            case 18:
                _plane = (2, 0);
                break;
            case 19:
                _plane = (1, 2);
                break;
            case 20 or 21:
                _unit = number == 20 ? Inch : 1;
                break;
            case 28:
                Home();
                break;
            case 90 or 91:
                _relative = number == 91;
                break;
            case 92:
                Call();
                break;
        }
    }

    private void Miscellaneous(int number)
    {
        switch (number)
        {
            case 104 or 109 or 568:
                Heat("nozzle", _limits.HottestNozzle, 'S', 'R', 'B');
                break;
            case 140 or 190 or 141 or 191:
                Heat("bed or chamber", _limits.HottestBed, 'S', 'R');
                break;
            case 303:
                var bed = _words['E'] < 0;
                Heat(bed ? "bed" : "nozzle", bed ? _limits.HottestBed : _limits.HottestNozzle, 'S');
                break;
            case 125 or 600:
                Park();
                break;
        }
    }

    private void Move(int motion)
    {
        _motion = motion;
        _moves++;
        if (motion == 5)
            _unseen.Add("G5");
        if (motion is 2 or 3 && !Arc(motion == 2))
            return;
        for (var axis = 0; axis < 3; axis++)
        {
            if (_words[Name(axis)] is { } value && !_axes[axis].Go(_axes[axis].Target(value * _unit, _relative), _relative))
            {
                Beyond(axis, _axes[axis].At, _axes[axis].Known);
                return;
            }
        }

        if (_limits is { Circular: true, SizeX: > 0 } && _axes[0].Known && _axes[1].Known && Math.Sqrt(Square(_axes[0].At) + Square(_axes[1].At)) > _limits.SizeX / 2 + Rim)
            Fault(GcodeFault.Beyond, string.Create(CultureInfo.InvariantCulture, $"line {_lines} moves beyond the round bed of {_limits.SizeX:0.#} mm"));
    }

    // Before the end of the arc is gone to: what lies between.
    private bool Arc(bool clockwise)
    {
        var (a, b) = _plane;
        var (first, second) = (_words[Name(a)], _words[Name(b)]);
        if ((first is not null && !_axes[a].KeepsFrame(_relative)) || (second is not null && !_axes[b].KeepsFrame(_relative)))
        {
            _unseen.Add("arc from an unknown place");
            return true;
        }

        var start = (_axes[a].At, _axes[b].At);
        var end = (first is { } x ? _axes[a].Target(x * _unit, _relative) : start.Item1, second is { } y ? _axes[b].Target(y * _unit, _relative) : start.Item2);
        var (i, j) = (_words[Offset(a)], _words[Offset(b)]);
        GcodeArc? arc = i is not null || j is not null ? new GcodeArc(start, end, (start.Item1 + (i ?? 0) * _unit, start.Item2 + (j ?? 0) * _unit), clockwise)
            : _words['R'] is { } radius ? GcodeArc.OfRadius(start, end, radius * _unit, clockwise)
            : null;
        if (arc is null)
            return true;
        if (!Passes(arc.Value))
            return false;

        // Firmwares do not agree which way round the plane of X and Z is seen.
        return _plane != (2, 0) || Passes(arc.Value with { Clockwise = !clockwise });
    }

    private bool Passes(in GcodeArc arc)
    {
        var (low, high) = arc.Bounds();
        return Passes(_plane.A, low.A, high.A) && Passes(_plane.B, low.B, high.B);
    }

    private bool Passes(int axis, double low, double high)
    {
        foreach (var place in (ReadOnlySpan<double>)[low, high])
        {
            if (!_axes[axis].Touch(place))
            {
                Beyond(axis, place, _axes[axis].Known);
                return false;
            }
        }

        return true;
    }

    private void Home()
    {
        var all = !_words.Has('X') && !_words.Has('Y') && !_words.Has('Z');
        for (var axis = 0; axis < 3; axis++)
        {
            if (all || _words.Has(Name(axis)))
                _axes[axis].Home();
        }
    }

    private void Call()
    {
        var all = !_words.Has('X') && !_words.Has('Y') && !_words.Has('Z') && !_words.Has('E');
        for (var axis = 0; axis < 3; axis++)
        {
            if (all || _words.Has(Name(axis)))
                _axes[axis].Call((_words[Name(axis)] ?? 0) * _unit);
        }
    }

    private void Park()
    {
        for (var axis = 0; axis < 2; axis++)
        {
            if (_words[Name(axis)] is { } value && !new GcodeAxis(-_axes[axis].End, _axes[axis].End, axis == 0 ? _limits.SizeX : _limits.SizeY).Go(value * _unit, false))
                Beyond(axis, value * _unit, known: true);
        }
    }

    private void Heat(string what, double hottest, params ReadOnlySpan<char> letters)
    {
        foreach (var letter in letters)
        {
            if (_words[letter] is { } wanted)
                Heat(what, hottest, wanted);
        }
    }

    private void Heat(string what, double hottest, double wanted)
    {
        if (wanted > hottest)
            Fault(GcodeFault.TooHot, string.Create(CultureInfo.InvariantCulture, $"line {_lines} wants {wanted:0.#} deg C of the {what}, and {hottest:0.#} is the limit"));
    }

    private void Extended(ReadOnlySpan<byte> code)
    {
        Span<char> name = stackalloc char[GcodeUnseen.LongestName];
        var length = 0;
        while (length < code.Length && length < name.Length && (GcodeWords.IsLetter(code[length]) || GcodeWords.IsDigit(code[length]) || code[length] == '_'))
        {
            name[length] = char.ToUpperInvariant((char)code[length]);
            length++;
        }

        if (!GcodeVocabulary.IsSeen(name[..length]))
            _unseen.Add(name[..length]);
        else
            Klipper(name[..length], code[length..]);
    }

    private void Klipper(ReadOnlySpan<char> name, ReadOnlySpan<byte> text)
    {
        if (name is not ("SET_HEATER_TEMPERATURE" or "TEMPERATURE_WAIT" or "SET_GCODE_OFFSET" or "SAVE_GCODE_STATE" or "RESTORE_GCODE_STATE"))
            return;
        if (GcodeArguments.Read(text) is not { } arguments)
        {
            Fault(GcodeFault.Ambiguous, $"line {_lines}: what {name} is given has quotes, and cannot be read for certain");
            return;
        }

        var state = arguments.LastOrDefault(argument => argument.Name == "NAME").Value ?? "default";
        switch (name)
        {
            case "SAVE_GCODE_STATE" when _states.Count < MostStates || _states.ContainsKey(state):
                _states[state] = new State(_relative, [.. _axes.Select(axis => axis.Frame)]);
                break;
            case "SAVE_GCODE_STATE":
                Fault(GcodeFault.Ambiguous, $"line {_lines}: more than {MostStates} kept states");
                break;
            case "RESTORE_GCODE_STATE" when _states.TryGetValue(state, out var kept):
                _relative = kept.Relative;
                for (var axis = 0; axis < 3; axis++)
                    _axes[axis].Restore(kept.Frames[axis]);
                break;
            default:
                Numbers(name, arguments);
                break;
        }
    }

    private void Numbers(ReadOnlySpan<char> name, List<(string Name, string Value)> arguments)
    {
        var bed = arguments.Any(argument => argument.Name is "HEATER" or "SENSOR" && argument.Value.Contains("bed", StringComparison.OrdinalIgnoreCase));
        foreach (var (word, text) in arguments)
        {
            var heats = word is "TARGET" or "MINIMUM" && name is not "SET_GCODE_OFFSET";
            var shifts = name is "SET_GCODE_OFFSET" && word is ['X' or 'Y' or 'Z'] or ['X' or 'Y' or 'Z', '_', 'A', ..];
            if (!heats && !shifts)
                continue;
            if (!GcodeArguments.IsNumber(text, out var number))
                Fault(GcodeFault.Ambiguous, $"line {_lines}: {word} of {name} is no plain number");
            else if (heats)
                Heat(bed ? "bed" : "nozzle", bed ? _limits.HottestBed : _limits.HottestNozzle, number);
            else
                _axes[word[0] - 'X'].Shift(word.Length == 1 ? number : _axes[word[0] - 'X'].Frame.Shift + number);
        }
    }

    private void Unseen(ReadOnlySpan<byte> code)
    {
        Span<char> name = stackalloc char[GcodeUnseen.LongestName];
        var length = 0;
        while (length < code.Length && length < name.Length && code[length] is > 0x20 and < 0x7F)
        {
            name[length] = (char)code[length];
            length++;
        }

        _unseen.Add(length > 0 ? name[..length] : "?");
    }

    private void Beyond(int axis, double place, bool known)
    {
        var size = axis == 0 ? _limits.SizeX : axis == 1 ? _limits.SizeY : _limits.SizeZ;
        Fault(GcodeFault.Beyond, known
            ? string.Create(CultureInfo.InvariantCulture, $"line {_lines} moves {Name(axis)} to {place:0.###} mm, beyond what the printer has ({_axes[axis].End:0.#} mm)")
            : string.Create(CultureInfo.InvariantCulture, $"line {_lines} moves {Name(axis)} beyond what the printer has: farther than the whole {size:0.#} mm"));
    }

    private void Fault(GcodeFault fault, string detail)
    {
        if (_fault is null)
            (_fault, _detail) = (fault, detail);
    }

    private static double Square(double value) => value * value;

    private static char Name(int axis) => (char)('X' + axis);

    private static char Offset(int axis) => (char)('I' + axis);

    private sealed record State(bool Relative, ImmutableArray<(double Origin, bool Unknown, double Shift)> Frames);
}
