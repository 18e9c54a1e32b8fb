using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Arithmetic on constants as C# does it, for values that the C# compiler does not fold (loop variables, locals). Integers are always
/// checked: a size
/// that wrapped around would only be a stranger mistake later.
/// </summary>
static class Arithmetic
{
    /// <summary>
    /// An operator on two constants of one type, which the C# compiler has converted already; a shift's count may be another.
    /// </summary>
    public static object Binary(BinaryOperatorKind kind, object? left, object? right) => Guarded(() => (left, right) switch
    {
        (int a, int b) => kind switch
        {
            BinaryOperatorKind.Add => checked(a + b),
            BinaryOperatorKind.Subtract => checked(a - b),
            BinaryOperatorKind.Multiply => checked(a * b),
            BinaryOperatorKind.Divide => a / b,
            BinaryOperatorKind.Remainder => a % b,
            BinaryOperatorKind.LeftShift => Shifted(a, b),
            BinaryOperatorKind.RightShift => a >> b,
            BinaryOperatorKind.UnsignedRightShift => (int)((uint)a >> b),
            BinaryOperatorKind.And => a & b,
            BinaryOperatorKind.Or => a | b,
            BinaryOperatorKind.ExclusiveOr => a ^ b,
            _ => Compared(kind, a.CompareTo(b)),
        },
        (long a, long b) => kind switch
        {
            BinaryOperatorKind.Add => checked(a + b),
            BinaryOperatorKind.Subtract => checked(a - b),
            BinaryOperatorKind.Multiply => checked(a * b),
            BinaryOperatorKind.Divide => a / b,
            BinaryOperatorKind.Remainder => a % b,
            BinaryOperatorKind.And => a & b,
            BinaryOperatorKind.Or => a | b,
            BinaryOperatorKind.ExclusiveOr => a ^ b,
            _ => Compared(kind, a.CompareTo(b)),
        },
        (long a, int b) when kind == BinaryOperatorKind.RightShift => a >> b,
        (long a, int b) when kind == BinaryOperatorKind.LeftShift => checked(a * (1L << (b & 63))),
        (float a, float b) => kind switch
        {
            BinaryOperatorKind.Add => (float)(a + b),
            BinaryOperatorKind.Subtract => (float)(a - b),
            BinaryOperatorKind.Multiply => (float)(a * b),
            BinaryOperatorKind.Divide => (float)(a / b),
            BinaryOperatorKind.Remainder => (float)(a % b),
            _ => Compared(kind, (double)a, b),
        },
        (double a, double b) => kind switch
        {
            BinaryOperatorKind.Add => a + b,
            BinaryOperatorKind.Subtract => a - b,
            BinaryOperatorKind.Multiply => a * b,
            BinaryOperatorKind.Divide => a / b,
            BinaryOperatorKind.Remainder => a % b,
            _ => Compared(kind, a, b),
        },
        (bool a, bool b) => kind switch
        {
            BinaryOperatorKind.And => a & b,
            BinaryOperatorKind.Or => a | b,
            BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals => a ^ b,
            BinaryOperatorKind.Equals => a == b,
            _ => throw Unknown(kind),
        },
        _ when kind == BinaryOperatorKind.Equals => Equals(left, right),
        _ when kind == BinaryOperatorKind.NotEquals => !Equals(left, right),
        // A string takes what it is joined with as text.
        (string or null, _) or (_, string or null) when kind == BinaryOperatorKind.Add => Text(left) + Text(right),
        _ => throw Unknown(kind),
    });

    public static object Unary(UnaryOperatorKind kind, object? operand) => Guarded(() => (kind, operand) switch
    {
        (UnaryOperatorKind.Plus, not null) => operand,
        (UnaryOperatorKind.Minus, int a) => checked(-a),
        (UnaryOperatorKind.Minus, long a) => checked(-a),
        (UnaryOperatorKind.Minus, float a) => -a,
        (UnaryOperatorKind.Minus, double a) => -a,
        (UnaryOperatorKind.BitwiseNegation, int a) => ~a,
        (UnaryOperatorKind.BitwiseNegation, long a) => ~a,
        (UnaryOperatorKind.Not, bool a) => !a,
        _ => throw Unknown(kind),
    });

    /// <summary>A conversion between constants; types that are no numbers pass.</summary>
    public static object? Convert(object? value, SpecialType target) =>
        value is null or bool or string ? value : Guarded(() => target switch
    {
        SpecialType.System_Int32 => value is float or double
            ? Truncated(value, int.MinValue, int.MaxValue, d => (int)d)
            : System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
        SpecialType.System_Int64 => value is float or double
            ? Truncated(value, long.MinValue, long.MaxValue, d => (long)d)
            : System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        SpecialType.System_Single => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
        SpecialType.System_Double => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        SpecialType.System_Byte => value is float or double
            ? Truncated(value, byte.MinValue, byte.MaxValue, d => (byte)d)
            : System.Convert.ToByte(value, CultureInfo.InvariantCulture),
        SpecialType.System_Int16 => value is float or double
            ? Truncated(value, short.MinValue, short.MaxValue, d => (short)d)
            : System.Convert.ToInt16(value, CultureInfo.InvariantCulture),
        SpecialType.System_UInt32 => value is float or double
            ? Truncated(value, uint.MinValue, uint.MaxValue, d => (uint)d)
            : System.Convert.ToUInt32(value, CultureInfo.InvariantCulture),
        _ => value,
    });

    public static string Text(object? value) => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static object Shifted(int a, int b)
    {
        var wide = (long)a << (b & 31);
        return wide is >= int.MinValue and <= int.MaxValue ? (int)wide : throw new OverflowException();
    }

    static object Truncated<T>(object value, double low, double high, Func<double, T> cast) where T : notnull
    {
        var number = Math.Truncate(System.Convert.ToDouble(value, CultureInfo.InvariantCulture));
        return number >= low && number <= high ? cast(number) : throw new OverflowException();
    }

    static object Compared(BinaryOperatorKind kind, int order) => kind switch
    {
        BinaryOperatorKind.Equals => order == 0,
        BinaryOperatorKind.NotEquals => order != 0,
        BinaryOperatorKind.LessThan => order < 0,
        BinaryOperatorKind.LessThanOrEqual => order <= 0,
        BinaryOperatorKind.GreaterThan => order > 0,
        BinaryOperatorKind.GreaterThanOrEqual => order >= 0,
        _ => throw Unknown(kind),
    };

    // Not by CompareTo, which orders NaN.
    static object Compared(BinaryOperatorKind kind, double a, double b) => kind switch
    {
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals => a != b,
        BinaryOperatorKind.LessThan => a < b,
        BinaryOperatorKind.LessThanOrEqual => a <= b,
        BinaryOperatorKind.GreaterThan => a > b,
        BinaryOperatorKind.GreaterThanOrEqual => a >= b,
        _ => throw Unknown(kind),
    };

    static object Guarded(Func<object> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            throw new TraceException(Descriptors.ArithmeticFailed, "The result does not fit its type");
        }
        catch (DivideByZeroException)
        {
            throw new TraceException(Descriptors.ArithmeticFailed, "Division by zero");
        }
    }

    static TraceException Unknown(object kind) => new(Descriptors.Unsupported, $"Operator {kind} on constants of these types");
}
