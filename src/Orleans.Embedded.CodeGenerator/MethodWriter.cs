using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>Writes one method of a proxy: the turn on the caller's thread, and the call object for when that cannot be.</summary>
internal sealed class MethodWriter
{
    private const string Api = "global::Dwapi.Actors.CodeGeneration.";
    private const string Token = "global::System.Threading.CancellationToken";

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly StringBuilder _text;
    private readonly IMethodSymbol _method;
    private readonly string _interface;
    private readonly string _id;
    private readonly ReturnKind _kind;
    private readonly string? _result;
    private readonly List<string> _types;
    private readonly int _token;

    /// <summary>Prepares a method; the number makes its names unique.</summary>
    public MethodWriter(StringBuilder text, IMethodSymbol method, int number)
    {
        _text = text;
        _method = method;
        _interface = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        _id = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _kind = KindOf(method.ReturnType);
        _result = method.ReturnType is INamedTypeSymbol { IsGenericType: true } generic ? generic.TypeArguments[0].ToDisplayString(Full) : null;
        _types = method.Parameters.Select(p => p.Type.ToDisplayString(Full)).ToList();
        _token = method.Parameters.ToList().FindIndex(p => IsToken(p.Type));
    }

    /// <summary>Whether it is a CancellationToken.</summary>
    public static bool IsToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";

    /// <summary>What a method of this return type returns.</summary>
    public static ReturnKind KindOf(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
            return ReturnKind.Void;
        if (type.ContainingNamespace?.ToDisplayString() != "System.Threading.Tasks")
            return ReturnKind.Other;
        return type.MetadataName switch
        {
            "Task" => ReturnKind.Task,
            "Task`1" => ReturnKind.TaskOfT,
            "ValueTask" => ReturnKind.ValueTask,
            "ValueTask`1" => ReturnKind.ValueTaskOfT,
            _ => ReturnKind.Other,
        };
    }

    /// <summary>Writes the descriptor, the method and the call class.</summary>
    public void Write()
    {
        WriteDescriptor();
        WriteMethod();
        WriteCall();
    }

    private bool IsOneWay => _kind == ReturnKind.Void || Has("Orleans.Concurrency.OneWayAttribute");

    private string CallBase => Api + "ActorCall" + (_result is null ? "" : "<" + _result + ">");

    private bool Has(string attribute) => _method.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == attribute);

    private void WriteDescriptor()
    {
        var options = new List<string>();
        if (IsOneWay)
            options.Add("OneWay");
        if (Has("Orleans.Concurrency.AlwaysInterleaveAttribute"))
            options.Add("AlwaysInterleave");
        if (Has("Orleans.Concurrency.ReadOnlyAttribute"))
            options.Add("ReadOnly");
        if (_token >= 0)
            options.Add("Cancellable");
        if (options.Count == 0)
            options.Add("None");
        var timeout = _method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == "Orleans.ResponseTimeoutAttribute")
            ?.ConstructorArguments.FirstOrDefault().Value as string;
        Line(2, $"private static readonly {Api}ActorMethod M{_id} = new(typeof({_interface}), \"{_method.Name}\", "
            + string.Join(" | ", options.Select(o => Api + "ActorMethodOptions." + o)) + ", "
            + (timeout is null ? "null" : "\"" + timeout + "\"")
            + string.Concat(_method.Parameters.Select(p => ", typeof(" + p.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ")")) + ");");
    }

    private void WriteMethod()
    {
        Line(2, $"{_method.ReturnType.ToDisplayString(Full)} {_interface}.{_method.Name}({string.Join(", ", _types.Select((t, i) => t + " p" + i))})");
        Line(2, "{");
        if (!IsOneWay)
        {
            if (_token >= 0)
                Line(3, $"if (!p{_token}.IsCancellationRequested)");
            Line(3, "{");
            Line(4, $"var turn = new {Api}Turn();");
            Line(4, $"if (Enter(ref turn, M{_id}))");
            Line(4, "{");
            Line(5, $"{_method.ReturnType.ToDisplayString(Full)} result;");
            Line(5, "try");
            Line(5, "{");
            var arguments = string.Join(", ", _types.Select((_, i) => i == _token ? $"turn.Follow(p{i})" : "p" + i));
            Line(6, $"result = (({_interface})turn.Target).{_method.Name}({arguments});");
            Line(5, "}");
            Line(5, "catch (global::System.Exception exception)");
            Line(5, "{");
            Line(6, "result = " + Faulted() + ";");
            Line(5, "}");
            Line(5, $"return Leave(ref turn, M{_id}, result);");
            Line(4, "}");
            Line(3, "}");
        }
        var values = _types.Select((_, i) => i == _token ? "CallersToken = p" + i : "A" + i + " = p" + i);
        var send = $"Send(new Call{_id} {{ {string.Join(", ", values)} }})";
        Line(3, _kind switch
        {
            ReturnKind.Void => send + ";",
            ReturnKind.ValueTask => $"return new global::System.Threading.Tasks.ValueTask({send});",
            ReturnKind.ValueTaskOfT => $"return new global::System.Threading.Tasks.ValueTask<{_result}>({send});",
            _ => $"return {send};",
        });
        Line(2, "}");
    }

    private string Faulted()
    {
        const string Tasks = "global::System.Threading.Tasks.";
        return _kind switch
        {
            ReturnKind.Task => Tasks + "Task.FromException(exception)",
            ReturnKind.TaskOfT => Tasks + $"Task.FromException<{_result}>(exception)",
            ReturnKind.ValueTask => Tasks + "ValueTask.FromException(exception)",
            _ => Tasks + $"ValueTask.FromException<{_result}>(exception)",
        };
    }

    private void WriteCall()
    {
        var task = "global::System.Threading.Tasks.Task" + (_result is null ? "" : "<" + _result + ">");
        Line(2, $"private sealed class Call{_id} : {CallBase}");
        Line(2, "{");
        for (var i = 0; i < _types.Count; i++)
        {
            if (i != _token)
                Line(3, $"public {_types[i]} A{i} = default!;");
        }
        Line(3, $"public Call{_id}() : base(M{_id})");
        Line(3, "{");
        Line(3, "}");
        Line(3, $"public override int ArgumentCount => {_types.Count};");
        if (_types.Count > 0)
        {
            Line(3, "public override object? GetArgument(int index) => index switch");
            Line(3, "{");
            for (var i = 0; i < _types.Count; i++)
                Line(4, $"{i} => " + (i == _token ? "CallersToken" : "A" + i) + ",");
            Line(4, "_ => base.GetArgument(index),");
            Line(3, "};");
        }
        var arguments = string.Join(", ", _types.Select((_, i) => i == _token ? "cancellationToken" : "A" + i));
        var call = $"(({_interface})target).{_method.Name}({arguments})";
        if (_kind is ReturnKind.ValueTask or ReturnKind.ValueTaskOfT)
            call += ".AsTask()";
        Line(3, $"public override {task} Invoke(object target, {Token} cancellationToken)" + (_kind == ReturnKind.Void ? "" : " => " + call + ";"));
        if (_kind == ReturnKind.Void)
        {
            Line(3, "{");
            Line(4, call + ";");
            Line(4, "return global::System.Threading.Tasks.Task.CompletedTask;");
            Line(3, "}");
        }
        Line(2, "}");
    }

    private void Line(int depth, string line) => _text.Append(' ', depth * 4).Append(line).Append('\n');
}
